/** Loops whose every round needs what the round before it found: no query asks for all of them at once. */
import type { Loop } from '../../python/sites.ts';
import type { Assign, Expression, Statement } from '../../syntax/nodes.ts';
import { boundNames, mentions, namesIn } from '../../syntax/parts.ts';
import { expressionsIn, ownStatements } from '../../syntax/walk.ts';
import type { NamedCall } from '../calls.ts';
import type { Subject } from '../subject.ts';
import { boundTo } from './statements.ts';

/**
 * Down a path, `folder = find(name, parent_id)`, `parent_id = folder.id`: the call is given what was found in the round before.
 * Of a call that is given nothing, as `flush()`, it counts that another in the loop is.
 */
export function isCarried({ node }: Loop, call: NamedCall): boolean {
  if (node.type !== 'for') return false;
  const assigned = [...ownStatements(node.body)].filter(isAssign);
  const carried = carriedNames(assigned, resultNames([...ownStatements(node.body)]));
  if (carried.size === 0) return false;
  const isFirst = (name: string, place: number) =>
    assigned.every((one) => one.start > place || !targetsOf(one).includes(name));
  const given = call.node.args.length > 0 || call.node.callee.type !== 'attribute';
  if (!given || /\.(?:commit|flush|refresh)$/.test(call.name)) {
    const before = [...ownStatements(node.body)].filter(({ start }) => start < call.node.start);
    return before.some((one) =>
      expressionsIn(one).some((part) =>
        namesIn(part).some(
          (name) => carried.has(name) && !isTarget(one, part) && isFirst(name, one.start),
        ),
      ),
    );
  }
  const used = usedBy(call.node, call.node.start, assigned);
  return [...used].some((name) => carried.has(name) && isFirst(name, call.node.start));
}

/** `last = add(db, item, last)`: the call is given what it gave in the round before. */
export function isGivenItsResult(subject: Subject, loop: Loop, call: NamedCall): boolean {
  const { node, target } = loop;
  if (node.type !== 'for' || call.use.kind !== 'assigned') return false;
  const given = call.use.target;
  if (given.type !== 'name' || namesIn(target).includes(given.id)) return false;
  if (!call.node.args.some(({ value }) => mentions(value, new Set([given.id])))) return false;
  // What the loop binds first is the item's own, and what begins empty only collects.
  const bound = [...ownStatements(node.body)].filter(isAssign).flatMap(targetsOf);
  const isOwn = bound.filter((name) => name === given.id).length > 1;
  return !isOwn && !boundTo(subject, given, call.scope).some(isEmpty);
}

function isEmpty(expression: Expression): boolean {
  switch (expression.type) {
    case 'list':
    case 'tuple':
      return expression.elements.length === 0;
    case 'dict':
      return expression.entries.length === 0;
    case 'call':
      return expression.callee.type === 'name' && expression.args.length === 0;
    default:
      return expression.type === 'number' || expression.type === 'string';
  }
}

function isAssign(statement: Statement): statement is Assign {
  return statement.type === 'assign';
}

function targetsOf({ targets }: Assign): string[] {
  return targets.flatMap(boundNames);
}

function isTarget(statement: Statement, part: Expression): boolean {
  return statement.type === 'assign' && statement.targets.includes(part);
}

/** What calls of the loop gave, and what is made of that: `folder = result.first()`. */
function resultNames(body: readonly Statement[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of body) {
    if (one.type !== 'assign' || one.value === undefined) continue;
    const value = one.value.type === 'await' ? one.value.value : one.value;
    if (value.type === 'call' || mentions(value, found))
      for (const name of targetsOf(one)) found.add(name);
  }
  return found;
}

/** Set for the round that follows: `parent_id = folder.id`. What only grows, `rows = rows + more`, is none. */
function carriedNames(
  assigned: readonly Assign[],
  results: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const one of assigned) {
    const { value } = one;
    if (value === undefined || !/^(?:attribute|name|conditional)$/.test(value.type)) continue;
    if (!mentions(value, results)) continue;
    for (const name of targetsOf(one)) if (!mentions(value, new Set([name]))) found.add(name);
  }
  return found;
}

/** The names that a call is given, and those that these are made of: of `query` what is in `query = select(...)`. */
function usedBy(call: Expression, place: number, assigned: readonly Assign[]): ReadonlySet<string> {
  const used = new Set(namesIn(call));
  for (const name of used)
    for (const one of assigned)
      if (one.start < place && one.value && targetsOf(one).includes(name))
        for (const part of namesIn(one.value)) used.add(part);
  return used;
}
