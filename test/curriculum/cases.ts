/** An exercise as somebody may have made it: as it starts, as it is solved, as each of its variants has it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Exercise } from '../../server/src/curriculum/exercise.ts';
import { exerciseFolder, filesBelow } from './sources.ts';

export interface Case {
  readonly exercise: Exercise;
  /** `starter`, `solution`, `right/one-thread`, `wrong/async-wrapper`. */
  readonly name: string;
  /** What lies in the learner's folder, by its path in it. */
  readonly files: ReadonlyMap<string, string>;
}

/** The starter, and what the solution and each variant put over it. */
export function casesOf(exercise: Exercise, walkthroughs: string): readonly Case[] {
  const source = exerciseFolder(exercise.id, walkthroughs);
  const { right, wrong } = exercise.proof;
  const tests = [...textsBelow(path.join(source, 'tests'))];
  const starter = new Map([
    ...textsBelow(path.join(source, 'starter')),
    ...tests.map(([file, text]) => [`tests/${file}`, text] as const),
  ]);
  const over = (name: string, folder: string): Case => ({
    exercise,
    name,
    files: new Map([...starter, ...textsBelow(path.join(source, folder))]),
  });
  return [
    { exercise, name: 'starter', files: starter },
    over('solution', 'solution'),
    ...right.map(({ name }) => over(`right/${name}`, `variants/right/${name}`)),
    ...wrong.map(({ name }) => over(`wrong/${name}`, `variants/wrong/${name}`)),
  ];
}

/** Files and their texts below a folder. */
export function textsBelow(folder: string): ReadonlyMap<string, string> {
  return new Map(
    filesBelow(folder).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
  );
}

export function writeInto(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

export function labelOf({ exercise, name }: Pick<Case, 'exercise' | 'name'>): string {
  return `${exercise.id}, ${name}`;
}
