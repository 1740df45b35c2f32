/** Loops that do a job for each item, of which a query is the smallest part: they ask another server, run a process, or pause. */
import { isSlow } from '../../knowledge/outgoing.ts';
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type CallSite, type Loop, type Place, sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { offloadedPart } from './offload.ts';
import { isInHandler, isUpToTheCaller } from './once.ts';
import { edgesOf, runsIn } from './runs.ts';
import { calledFunctions, runsOfCall } from './targets.ts';

/** By function id: whether its own body has such a call, if only for what it has not kept yet. */
const isSlowItself = defineQuery<boolean>('slow itself', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return false;
  const subject = subjectOf(db, blockOf(id));
  return sitesOf(db, blockOf(id)).calls.some(
    (site) =>
      site.scope === id &&
      namesOfCall(subject, site).some(isSlow) &&
      !isUpToTheCaller(node, site) &&
      !isInHandler(site),
  );
});

/** What a call runs that is not of the project, also what it hands to a thread: nothing goes on before that is done. */
function namesOfCall(subject: Subject, { node, scope }: CallSite): readonly string[] {
  const handed = offloadedPart(subject, node, scope);
  return [node.callee, ...(handed ? [handed] : [])].flatMap(
    (one) => subject.nameOf(one, scope) ?? [],
  );
}

/** How far away such a call may be. */
const MAX_HOPS = 5;
const MAX_FUNCTIONS = 200;

/** By function id. */
const comesToSlow = defineQuery<boolean>('comes to what is slow', (db, from) => {
  const hops = new Map([[from, 0]]);
  // A map is gone through in the order in which it grows.
  for (const [id, hop] of hops) {
    if (db.get(isSlowItself, id)) return true;
    if (hop >= MAX_HOPS || hops.size >= MAX_FUNCTIONS) continue;
    for (const { target, isLater, isOptional } of db.get(edgesOf, id))
      if (!isLater && !isOptional && !hops.has(target)) hops.set(target, hop + 1);
    for (const { from: user, target, how } of db.get(runsIn, blockOf(id)).uses)
      if (user === id && how === 'thread' && !hops.has(target)) hops.set(target, hop + 1);
  }
  return false;
});

/** Whether a loop waits for something slower than a query at a place in it, once per item. */
export function isJob(subject: Subject, { node }: Loop, { scope }: Place): boolean {
  return sitesOf(subject.db, subject.block).calls.some(
    (site) =>
      site.scope === scope &&
      site.loops.some((loop) => loop.node === node) &&
      !isInHandler(site) &&
      isSlowCall(subject, site),
  );
}

function isSlowCall(subject: Subject, site: CallSite): boolean {
  if (namesOfCall(subject, site).some(isSlow)) return true;
  const handed = offloadedPart(subject, site.node, site.scope);
  const value = handed && subject.meaningOf(handed, site.scope);
  const offloaded = value === undefined ? [] : calledFunctions(subject, value);
  const run = runsOfCall(subject, site).flatMap(({ target, isLater }) => (isLater ? [] : target));
  return [...run, ...offloaded].some((target) => subject.db.get(comesToSlow, target));
}
