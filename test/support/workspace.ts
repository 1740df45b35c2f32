/** A project in memory, analysed by the real analysis. */
import { createWorkspace } from '../../server/src/engine/create.ts';
import type { Diagnostic } from '../../server/src/engine/diagnostic.ts';
import type { Rule } from '../../server/src/engine/rule.ts';
import type { Workspace } from '../../server/src/engine/workspace.ts';
import type { Database } from '../../server/src/query/database.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';

/** The root of every project in memory. */
export const ROOT = '/p';

/** Texts by path, relative to the root. */
export type Files = Readonly<Record<string, string>>;

export interface OpenOptions {
  readonly rules?: readonly Rule[];
}

/** A workspace of these files. A rule that fails is a failure of the test: it is thrown. */
export function openWorkspace(
  parser: Parser,
  files: Files,
  options: OpenOptions = {},
): Workspace & { readonly db: Database } {
  const workspace = createWorkspace({
    parser,
    ...options,
    onRuleFailure(rule, error) {
      throw new Error(`${rule} failed`, { cause: error });
    },
  });
  workspace.setRoots([{ path: ROOT, versions: {} }]);
  for (const [path, text] of Object.entries(files)) workspace.setText(pathOf(path), text);
  workspace.setLoaded(true);
  return workspace;
}

/** The path in the workspace of a file of the project. */
export function pathOf(relative: string): string {
  return `${ROOT}/${relative}`;
}

/** What is said about every file, by path, in the order of the paths. */
export function diagnoseAll(workspace: Workspace): Record<string, readonly Diagnostic[]> {
  return Object.fromEntries(
    [...workspace.paths()].sort().map((path) => [path, workspace.diagnose(path)]),
  );
}
