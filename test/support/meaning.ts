/** What an expression of a project in memory means to the analysis. */
import { createEvaluator } from '../../server/src/python/evaluate.ts';
import { sitesOf } from '../../server/src/python/sites.ts';
import { keyOf } from '../../server/src/python/values.ts';
import { defineQuery } from '../../server/src/query/database.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { allIds, fileShape } from '../../server/src/syntax/source.ts';
import { type Files, openWorkspace, pathOf, ROOT } from './workspace.ts';

/** By path: the key of what is shown last, read where it stands. */
const lastShown = defineQuery<string>('last shown', (db, path) => {
  const shown = allIds(db.get(fileShape, path))
    .flatMap((block) => sitesOf(db, block).calls)
    .filter(({ node: { callee } }) => callee.type === 'name' && callee.id === 'show');
  const last = shown[shown.length - 1];
  const argument = last?.node.args[0];
  if (last === undefined || argument === undefined) throw new Error(`${path} shows nothing`);
  const value = createEvaluator(db).meaningOf(argument.value, last.scope);
  return value === undefined ? 'unknown' : keyOf(value);
});

/**
 * The meaning of `x` in the last `show(x)` of a file, in short: `x:` something of another package, `i:` an instance
 * (`[…]` of its items), `c:` a class, `f:` a function, `a:` a coroutine, `m:` a module. Paths are relative to the project.
 */
export function meaningIn(parser: Parser, files: Files, path: string): string {
  const workspace = openWorkspace(parser, files);
  // Publishes which files there are.
  workspace.diagnose(pathOf(path));
  return workspace.db.get(lastShown, pathOf(path)).replaceAll(`${ROOT}/`, '');
}
