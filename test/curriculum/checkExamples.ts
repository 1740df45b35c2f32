/** Whether the programs of lessons print what the lessons show. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lesson } from '../../server/src/curriculum/curriculum.ts';
import { runProgram } from '../../server/src/programs.ts';
import { walkthroughs } from './sources.ts';

/** With `isUpdate` what they print now is written down instead. */
export async function checkExamples(
  lessons: readonly Lesson[],
  python: string,
  isUpdate: boolean,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, examples } of lessons) {
    const folder = path.join(walkthroughs, id, 'examples');
    for (const name of examples) {
      const env = { PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
      const { code, printed, output } = await runProgram(python, [name], { cwd: folder, env });
      const file = path.join(folder, name.replace(/\.py$/, '.out'));
      const known = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
      const where = `${id}/examples/${name}`;
      if (code !== 0) found.push(`${where}: it ends with ${code}:\n${printed}`);
      else if (isUpdate) writeFileSync(file, output);
      else if (known === undefined)
        found.push(`${where}: what it prints is not written down (--update)`);
      else if (known !== output)
        found.push(`${where}: it prints\n${output}and the lesson shows\n${known}`);
    }
  }
  return found;
}
