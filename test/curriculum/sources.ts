/** The curriculum as it lies in `walkthroughs/`, for tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Curriculum, readManifest } from '../../server/src/curriculum/curriculum.ts';

export const walkthroughs = path.resolve(import.meta.dirname, '../../walkthroughs');

/** The folder of an exercise, by its id. */
export function exerciseFolder(id: string): string {
  const slash = id.lastIndexOf('/');
  return path.join(walkthroughs, id.slice(0, slash), 'exercises', id.slice(slash + 1));
}

export function readSources(): Curriculum {
  const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  return readManifest(json(path.join(walkthroughs, 'curriculum.json')), (id) =>
    json(path.join(exerciseFolder(id), 'exercise.json')),
  );
}

/** Every file below a folder, by its path in it. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => !file.includes('__pycache__'))
    .sort();
}
