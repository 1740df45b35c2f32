// The curriculum in one piece: the manifest, with each exercise's own file. Plain JavaScript, for the build.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What `readCurriculum` of server/src/curriculum reads. Throws when a listed exercise is not there. */
export function assembled(walkthroughs) {
  const read = (...file) => JSON.parse(readFileSync(path.join(walkthroughs, ...file), 'utf8'));
  const manifest = read('curriculum.json');
  const exercises = {};
  for (const { chapters } of manifest.tracks) {
    for (const lesson of chapters.flatMap(({ lessons }) => lessons)) {
      for (const name of lesson.exercises) {
        exercises[`${lesson.id}/${name}`] = read(lesson.id, 'exercises', name, 'exercise.json');
      }
    }
  }
  return { manifest, exercises };
}
