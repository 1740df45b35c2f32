/** Path operations that are `async` and use nothing of it. */
import { functionOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { Call, Statement } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { namedCall } from '../calls.ts';
import { calledChains, touchingChains } from '../effects/chains.ts';
import { leafOf, statLeaf } from '../effects/leaves.ts';
import type { Plan } from '../effects/loop.ts';
import { edgesOf } from '../effects/runs.ts';
import { runsOfCall } from '../effects/targets.ts';
import type { Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { madePlain } from './plain.ts';

export interface BusyRoute {
  /** The call that keeps the loop busy. */
  readonly call: Call;
  readonly fix: Plan<'plain'>;
}

/** What a path operation that awaits nothing computes on the event loop; nothing where another rule speaks of what it does. */
export function busyOnLoop(
  subject: Subject,
  { handler, handlerId, kind }: Route,
): BusyRoute | undefined {
  if (!handler.isAsync || kind !== 'http') return undefined;
  const fix = madePlain(subject, { function: handler, scope: handlerId }, 'plain');
  if (fix === undefined) return undefined;
  const sites = sitesOf(subject.db, subject.block).calls.filter(({ scope }) => scope === handlerId);
  const isTold = sites.some((site) => {
    const named = namedCall(subject, { ...site, function: handler });
    const hop = { block: subject.block, start: 0, end: 0, text: '' };
    const leaf = named && (leafOf(subject, named, hop) ?? statLeaf(named, hop));
    return (
      leaf || calledChains(subject, site).length > 0 || touchingChains(subject, site).length > 0
    );
  });
  if (isTold) return undefined;
  const busy = sites.find((site) =>
    runsOfCall(subject, site).some(
      ({ target, isLater }) => !isLater && subject.db.get(computes, target),
    ),
  );
  return busy && { call: busy.node, fix };
}

/** How many calls deep a loop is looked for. */
const LEVELS = 3;

/** By function id: whether a plain function goes through one thing for each item of another. */
const loops = defineQuery<boolean>('loops', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined || node.isAsync) return false;
  const local = new Set([...node.parameters.map(({ name }) => name), ...boundIn(node.body)]);
  return [...ownStatements(node.body)].some((outer) => {
    if (outer.type !== 'for' && outer.type !== 'while') return false;
    // `for row in rows: for cell in row` goes through every cell once.
    const own = new Set(boundIn([outer]));
    return [...ownStatements(outer.body)].some((inner) => {
      if (inner.type !== 'for') return false;
      const names = namesIn(inner.iterable).filter((name) => local.has(name));
      return names.length > 0 && !names.some((name) => own.has(name));
    });
  });
});

/** The names that assignments and loops give values to. */
function boundIn(body: readonly Statement[]): readonly string[] {
  return [...ownStatements(body)].flatMap((statement) => {
    if (statement.type === 'for') return namesIn(statement.target);
    return statement.type === 'assign' ? statement.targets.flatMap(namesIn) : [];
  });
}

/** By function id: whether a plain function, or one that it calls, goes through a loop. */
const computes = defineQuery<boolean>('computes', (db, id) => {
  const seen = new Set([id]);
  let level = [id];
  for (let depth = 0; depth <= LEVELS && level.length > 0; depth++) {
    if (level.some((one) => db.get(loops, one))) return true;
    const called = level.flatMap((one) =>
      db.get(edgesOf, one).flatMap(({ target, isLater }) => (isLater ? [] : target)),
    );
    level = called.filter((one) => !seen.has(one));
    for (const one of level) seen.add(one);
  }
  return false;
});
