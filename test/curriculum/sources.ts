/** The curriculum as it lies in a folder such as `walkthroughs/`, for tests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Curriculum, readManifest } from '../../server/src/curriculum/curriculum.ts';
import { exercisePath } from '../../server/src/curriculum/pytest.ts';

export const walkthroughs = path.resolve(import.meta.dirname, '../../walkthroughs');

/** A folder of lessons, and what its manifest and its exercises say. */
export interface Sources {
  readonly folder: string;
  readonly curriculum: Curriculum;
}

/** Throws a `Mistake` with its place where a file is not as its schema says. */
export function sourcesIn(folder = walkthroughs): Sources {
  return { folder, curriculum: readSources(folder) };
}

/** The folder of an exercise, by its id. */
export function exerciseFolder(id: string, folder = walkthroughs): string {
  return path.join(folder, exercisePath(id));
}

export function readSources(folder = walkthroughs): Curriculum {
  const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  return readManifest(json(path.join(folder, 'curriculum.json')), (id) =>
    json(path.join(exerciseFolder(id, folder), 'exercise.json')),
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
