/** `Depends(...)` where FastAPI does not read it: in the body of a function. */
import { memberBlocks } from '../../python/bindings.ts';
import { enclosingOf } from '../../python/definitions.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { projectInstance } from '../../python/values.ts';
import type { Assign, Statement } from '../../syntax/nodes.ts';
import { blockSource } from '../../syntax/source.ts';
import { isRouter } from '../classes.ts';
import { isInjected } from '../handlers.ts';
import { markerName } from '../markers.ts';
import type { Subject } from '../subject.ts';

export interface Misplaced {
  /** `self.db` of `self.db = Depends(...)`. */
  readonly target: string | undefined;
  /** `db = Depends(...)`. */
  readonly assignment: Assign | undefined;
}

/**
 * A call of `Depends` or `Security` in a function's body whose result is taken for what the dependency gives. Functions that make
 * applications may well keep one for the routes inside of them, and others may return it.
 */
export function injectionInBody(subject: Subject, site: CallSite): Misplaced | undefined {
  const { node, scope, function: around, statements } = site;
  const statement = statements[statements.length - 1];
  if (around === undefined || statement === undefined) return undefined;
  const name = markerName(subject, node, scope);
  if (name !== 'Depends' && name !== 'Security') return undefined;
  if (!isWholeOf(statement, site)) return undefined;
  const [target] = statement.type === 'assign' ? statement.targets : [];
  if (target?.type === 'attribute') {
    const written = subject.textOf(target);
    return isUsedAsValue(subject, scope, written)
      ? { target: written, assignment: undefined }
      : undefined;
  }
  if (target !== undefined && target.type !== 'name') return undefined;
  const assignment =
    statement.type === 'assign' && statement.value === node ? statement : undefined;
  if (isInjected(subject, scope) || target === undefined) return { target: undefined, assignment };
  const reads = sitesOf(subject.db, subject.block).names.filter(
    (one) => one.node.id === target.id && one.node.start > node.end,
  );
  // In a function that nobody depends on, only an attribute of it shows that it is taken for the value.
  const isValue =
    reads.length > 0 &&
    reads.every(({ use, scope: where }) => where === scope && use.kind === 'operand');
  return isValue ? { target: undefined, assignment: undefined } : undefined;
}

function isWholeOf(statement: Statement, { node, use }: CallSite): boolean {
  switch (statement.type) {
    case 'assign': {
      const { value } = statement;
      return value === node || (value?.type === 'await' && value.value === node);
    }
    case 'expression':
      return use.kind === 'dropped';
    case 'with':
      return statement.items.some(({ context }) => context === node);
    case 'for':
      return statement.iterable === node;
    default:
      return false;
  }
}

/** Some method of the class reads an attribute of it. */
function isUsedAsValue(subject: Subject, method: string, written: string): boolean {
  const owner = enclosingOf(method);
  if (owner === null || !/^\w+\.\w+$/.test(written)) return false;
  const object = projectInstance(owner);
  if (isRouter(subject.evaluator, object)) return false;
  const blocks = memberBlocks(subject.db, owner).map(({ id }) => id);
  const attribute = new RegExp(`\\b${written.replace('.', '\\.')}\\.\\w`);
  return [...blocks, subject.block].some((block) =>
    attribute.test(subject.db.get(blockSource, block).text),
  );
}
