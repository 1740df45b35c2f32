/** What a function's body reads. */
import { functionOf } from '../python/definitions.ts';
import { sitesOf } from '../python/sites.ts';
import type { FunctionDef, Statement } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';

/** The names that the body of a function reads, those of functions inside of it too. */
export function readsOf(subject: Subject, id: string): ReadonlySet<string> {
  const node = functionOf(subject.db, id);
  const found = new Set<string>();
  if (node === undefined) return found;
  for (const { node: name } of sitesOf(subject.db, subject.block).names)
    if (name.start >= node.parametersEnd && name.end <= node.end) found.add(name.id);
  return found;
}

/** Its body says nothing: only `...`, `pass` or a `raise`, as in an abstract method. */
export function isStub({ body }: FunctionDef): boolean {
  return body.every(isNothing);
}

function isNothing(statement: Statement): boolean {
  if (statement.type === 'pass' || statement.type === 'raise') return true;
  return (
    statement.type === 'expression' &&
    (statement.value.type === 'string' || statement.value.type === 'ellipsis')
  );
}
