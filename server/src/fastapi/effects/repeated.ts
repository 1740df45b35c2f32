/** Functions of the project that are called once per item and query the database each time. */
import type { CallSite, Loop } from '../../python/sites.ts';
import { namesIn } from '../../syntax/parts.ts';
import { repeatingLoop } from '../loops/repeating.ts';
import { viewedIn } from '../loops/views.ts';
import type { Subject } from '../subject.ts';
import { isSession, MAX_WAY, wayAboutItems } from './about.ts';
import { standsOnItsOwn } from './alone.ts';
import { commits, type QueryHop, queryingWayFrom, type Witness } from './effects.ts';
import { isPort } from './implementations.ts';
import { sentThrough } from './senders.ts';
import { runsOfCall } from './targets.ts';

export interface RepeatedQuery {
  readonly loop: Loop;
  readonly way: Witness<QueryHop>;
}

/** The query that a call in a loop comes to through a function of the project, and that loop. */
export function repeatedQuery(subject: Subject, site: CallSite): RepeatedQuery | undefined {
  if (site.loops.length === 0 || site.function === undefined) return undefined;
  const { db, purpose } = subject;
  if (purpose !== 'application' || isPluginOfLoop(subject, site)) return undefined;
  const runs = runsOfCall(subject, site).filter(
    ({ target, isLater }) => !isLater && !(target === site.scope && isDownADict(site)),
  );
  const targets = runs.map(({ target }) => target).filter((one) => !standsOnItsOwn(db, one));
  const [way] = targets.flatMap((target) => wayFrom(subject, target, site) ?? []);
  if (way === undefined) return undefined;
  // Of what the function does, only that it commits can make the loop one that is meant.
  const doesCommit = targets.some((target) => commits(db, target));
  const name = doesCommit ? 'sqlalchemy.orm.Session.commit' : '';
  const [sent] = targets.flatMap((target) => sentThrough(subject, target, site) ?? []);
  const loop = repeatingLoop(subject, sent ?? { ...site, name });
  return loop && { loop, way };
}

/**
 * The shortest way to a query that is about the items, where that can be told. What is the same for all of them counts where the call
 * is given a session: of what is looked up behind a call to somewhere else, a token, a setting, the loop knows nothing.
 */
function wayFrom(subject: Subject, target: string, site: CallSite): Witness<QueryHop> | null {
  const nearest = queryingWayFrom(subject.db, target);
  if (nearest === null || nearest.hops.length > MAX_WAY) return null;
  const way = wayAboutItems(subject, target, site);
  switch (way) {
    case 'unknown':
      return nearest;
    case 'none':
      return isGivenSession(subject, site) ? nearest : null;
    case 'tables':
      return null;
    default:
      return way;
  }
}

function isGivenSession(subject: Subject, { node, scope }: CallSite): boolean {
  return node.args.some(({ value }) => isSession(subject, value, scope));
}

/** `for exporter in exporters: exporter.export()`: what a loop goes through are parts of the program, not items of data. */
function isPluginOfLoop({ db, meaningOf }: Subject, { node, loops, scope }: CallSite): boolean {
  const receiver = node.callee.type === 'attribute' ? node.callee.object : undefined;
  if (receiver?.type !== 'name') return false;
  const isTarget = loops.some(({ target }) => namesIn(target).includes(receiver.id));
  const value = isTarget ? meaningOf(receiver, scope) : undefined;
  return value?.kind === 'instance' && value.class.kind === 'project' && isPort(db, value.class.id);
}

/** A function that calls itself for the entries of a dict: they are the fields of one document, not rows. */
function isDownADict({ loops }: CallSite): boolean {
  return loops.some(({ iterable }) => viewedIn(iterable) !== undefined);
}
