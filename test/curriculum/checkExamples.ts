/** Whether the programs of lessons print what the lessons show. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lesson } from '../../server/src/curriculum/curriculum.ts';
import { type Ended, runProgram } from '../../server/src/programs.ts';
import { textsBelow } from './cases.ts';
import { keyOf, type Remembered } from './remembered.ts';

export interface Stage {
  readonly walkthroughs: string;
  readonly python: string;
  /** Names that Python and its packages; what a program prints may depend on them. */
  readonly versions: string;
  readonly remembered: Remembered;
  /** What the programs print now is written down instead. */
  readonly isUpdate: boolean;
}

/** All programs at the same time: they mostly wait. */
export async function checkExamples(
  lessons: readonly Lesson[],
  stage: Stage,
): Promise<readonly string[]> {
  const programs = lessons.flatMap(({ id, examples }) => examples.map((name) => ({ id, name })));
  const found = await Promise.all(programs.map(({ id, name }) => checkExample(id, name, stage)));
  return found.flat();
}

async function checkExample(lesson: string, name: string, stage: Stage): Promise<string[]> {
  const folder = path.join(stage.walkthroughs, lesson, 'examples');
  const file = path.join(folder, name.replace(/\.py$/, '.out'));
  const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  const key = keyOf('example', stage.versions, name, textsBelow(folder));
  if (!stage.isUpdate && stage.remembered.get(key) === true) return [];
  const { code, printed, output } = await runExample(stage.python, folder, name);
  const where = `${lesson}/examples/${name}`;
  if (code !== 0) return [`${where}: it ends with ${code}:\n${printed}`];
  if (stage.isUpdate) writeFileSync(file, output);
  else if (known === undefined) return [`${where}: what it prints is not written down (--update)`];
  else if (known !== output)
    return [`${where}: it prints\n${output}and the lesson shows\n${known}`];
  else stage.remembered.set(key, true);
  return [];
}

function runExample(python: string, cwd: string, name: string): Promise<Ended> {
  const env = { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  return runProgram(python, [name], { cwd, env });
}
