/** What a call makes of the conditions of the function that it calls: `if path: open(path)` opens nothing where no path is given. */
import { blockOf, functionOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Expression, Statement } from '../../syntax/nodes.ts';
import { boundNames } from '../../syntax/parts.ts';
import { ownStatements } from '../../syntax/walk.ts';
import type { Subject } from '../subject.ts';
import { blockingWaysIn, displayName, type Witness } from './effects.ts';
import { handedTo } from './handing.ts';
import { type Leaf, rankOf } from './leaves.ts';
import { edgesOf } from './runs.ts';

interface Guard {
  readonly parameter: string;
  /** Whether it has to be there, or has to be missing. */
  readonly isThere: boolean;
}

/** By function id: for each of its own calls, by where its callee stands, the parameters that decide whether it is reached. */
const guardsIn = defineQuery<Readonly<Record<string, readonly Guard[]>>>('guards in', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return {};
  // What gets another value here is not what the caller gave.
  const changed = new Set(
    [...ownStatements(node.body)].flatMap((one) =>
      one.type === 'assign' ? one.targets.flatMap(boundNames) : [],
    ),
  );
  const names = node.parameters.map(({ name }) => name).filter((name) => !changed.has(name));
  const found: Record<string, readonly Guard[]> = {};
  for (const { scope, node: call, statements } of sitesOf(db, blockOf(id)).calls) {
    const guards = scope === id ? guardsOf(statements, new Set(names)) : [];
    if (guards.length > 0) found[`${call.callee.start}-${call.callee.end}`] = guards;
  }
  return found;
});

function guardsOf(statements: readonly Statement[], names: ReadonlySet<string>): readonly Guard[] {
  return statements.flatMap((statement, index) => {
    const inner = statements[index + 1];
    if (statement.type !== 'if' || inner === undefined) return [];
    const [first, ...others] = statement.branches;
    if (first === undefined) return [];
    if (first.body.includes(inner)) return said(first.condition, true, names);
    return others.length === 0 && statement.orelse.includes(inner)
      ? said(first.condition, false, names)
      : [];
  });
}

/** What a condition that holds, or does not, says of parameters. */
function said(condition: Expression, holds: boolean, names: ReadonlySet<string>): readonly Guard[] {
  const guard = (one: Expression | undefined, isThere: boolean) =>
    one?.type === 'name' && names.has(one.id) ? [{ parameter: one.id, isThere }] : [];
  switch (condition.type) {
    case 'name':
      return guard(condition, holds);
    case 'unary':
      return condition.operator === 'not' ? said(condition.operand, !holds, names) : [];
    case 'boolean':
      return (condition.operator === 'and') === holds
        ? [...said(condition.left, holds, names), ...said(condition.right, holds, names)]
        : [];
    case 'compare': {
      const [left, right] = condition.operands;
      const [operator] = condition.operators;
      if (right?.type !== 'none' || condition.operators.length !== 1) return [];
      if (operator !== 'is' && operator !== 'is not') return [];
      return guard(left, (operator === 'is not') === holds);
    }
    default:
      return [];
  }
}

/** Tells of places in a function whether a call never comes to them, or may not: it leaves out what they need, or gives what they do without. */
function unreachedBy(
  subject: Subject,
  target: string,
  { node }: CallSite,
): (place: { readonly start: number; readonly end: number }) => boolean {
  const guards = subject.db.get(guardsIn, target);
  if (Object.keys(guards).length === 0 || node.args.some(({ star }) => star !== undefined))
    return () => false;
  const parameters = subject.db.get(functionSignature, target)?.parameters ?? [];
  const handed = handedTo(subject, target, node);
  const isRefuted = ({ parameter, isThere }: Guard): boolean => {
    const given = handed.find((one) => one.parameter === parameter)?.value;
    if (given !== undefined) return isNothing(given) === isThere;
    const value = parameters.find(({ name }) => name === parameter)?.default;
    return isThere && value !== undefined && isNothing(value);
  };
  return ({ start, end }) => (guards[`${start}-${end}`] ?? []).some(isRefuted);
}

function isNothing({ type }: Expression): boolean {
  return type === 'none' || type === 'false';
}

/** The way from a function that does not need what a call leaves out: the worst of those that it may take. */
export function wayGiven(
  subject: Subject,
  target: string,
  site: CallSite,
  wayFrom: (db: Reader, functionId: string) => Witness<Leaf> | null,
): Witness<Leaf> | null {
  const { db } = subject;
  const nearest = wayFrom(db, target);
  if (nearest === null) return null;
  const isUnreached = unreachedBy(subject, target, site);
  if (!isUnreached(nearest.hops[0] ?? nearest.leaf)) return nearest;
  const name = displayName(target);
  const below = db.get(edgesOf, target).flatMap((edge) => {
    const way = edge.isLater || edge.isKept || isUnreached(edge) ? null : wayFrom(db, edge.target);
    if (way === null) return [];
    return { names: [name, ...way.names], hops: [edge, ...way.hops], leaf: way.leaf };
  });
  const own = blockingWaysIn(db, target).flatMap(({ way, leaf }) =>
    way === null && leaf.rule === nearest.leaf.rule && !isUnreached(leaf)
      ? { names: [name], hops: [], leaf }
      : [],
  );
  const [worst] = [...own, ...below].toSorted(
    (one, other) => rankOf(other.leaf) - rankOf(one.leaf) || one.hops.length - other.hops.length,
  );
  return worst ?? null;
}
