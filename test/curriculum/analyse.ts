/** What the language server says of a case. */
import { subjectOfCheck } from '../../server/src/curriculum/checks.ts';
import { createWorkspace } from '../../server/src/engine/create.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import type { Case } from './cases.ts';
import type { Analysis } from './checkExercises.ts';

/** A workspace of its own for each case: making one takes milliseconds. */
export function analyse({ exercise, files }: Case, parser: Parser): Analysis {
  const broken: string[] = [];
  const workspace = createWorkspace({
    parser,
    onRuleFailure: (rule, error) => broken.push(`${rule} failed: ${String(error)}`),
  });
  const root = '/exercise';
  workspace.setRoots([{ path: root, versions: {} }]);
  for (const [file, text] of files)
    if (file.endsWith('.py')) workspace.setText(`${root}/${file}`, text);
  workspace.setLoaded(true);
  const failed = new Map<string, string>();
  for (const [index, result] of workspace.checkExercise(root, exercise.checks).entries()) {
    const check = exercise.checks[index];
    if (check !== undefined && !result.holds)
      failed.set(subjectOfCheck(check), result.why?.en ?? '');
  }
  const findings = [
    ...broken,
    ...workspace
      .paths()
      .filter((file) => !file.startsWith(`${root}/tests/`))
      .flatMap((file) => workspace.diagnose(file))
      .map(
        ({ rule, path: file, range }) =>
          `${rule} at ${file.slice(root.length + 1)}:${range.start.line + 1}`,
      ),
  ];
  return { failed, findings };
}
