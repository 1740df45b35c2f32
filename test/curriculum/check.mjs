// `npm run curriculum:check [-- LESSON…] [--update]`: whether lessons and exercises are what AUTHORS.md asks for.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { exercisesOf, lessonsOf } from '../../server/src/curriculum/curriculum.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { wasmParser } from '../support/parser.ts';
import { checkExamples } from './checkExamples.ts';
import { checkExercises } from './checkExercises.ts';
import { checkPages } from './checkPages.ts';
import { readSources } from './sources.ts';

const args = process.argv.slice(2);
const isUpdate = args.includes('--update');
const wanted = args.filter((each) => !each.startsWith('--'));

async function main() {
  const curriculum = readSources();
  const all = lessonsOf(curriculum);
  // A lesson, an exercise, a chapter or a track: whatever the id begins with.
  const isWanted = (id) =>
    wanted.length === 0 ||
    wanted.some((each) => id === each || id.startsWith(`${each}/`) || id.startsWith(`${each}-`));
  const lessons = all.filter(
    (lesson) => isWanted(lesson.id) || lesson.exercises.some(({ id }) => isWanted(id)),
  );
  if (lessons.length === 0) {
    console.error(
      `There is no lesson ${wanted.join(', ')}; known: ${all.map(({ id }) => id).join(', ')}.`,
    );
    return 2;
  }
  const { python } = await pythonEnvironment();
  const parser = await wasmParser();
  let count = 0;
  const tell = async (what, work) => {
    const started = performance.now();
    const found = await work;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${what} (${seconds} s)`);
    for (const each of found) console.error(`  ${each.replaceAll('\n', '\n    ')}`);
    count += found.length;
  };
  await tell(`pages of ${lessons.length} lessons`, checkPages(curriculum, lessons));
  await tell('what the examples print', checkExamples(lessons, python, isUpdate));
  // A process of pytest for each track: what one track installs is not to help another.
  for (const { id } of curriculum.tracks) {
    const exercises = exercisesOf(curriculum).filter(
      (exercise) =>
        exercise.id.startsWith(`${id}/`) &&
        (isWanted(exercise.id) || isWanted(exercise.id.slice(0, exercise.id.lastIndexOf('/')))),
    );
    await tell(`${exercises.length} exercises of ${id}`, checkExercises(exercises, python, parser));
  }
  return count > 0 ? 1 : 0;
}

process.exitCode = await main();
