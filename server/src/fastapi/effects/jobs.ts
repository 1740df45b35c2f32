/** Loops that do a job for each item, of which a query is the smallest part: they ask another server, run a process, or pause. */
import { isSlow } from '../../knowledge/outgoing.ts';
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type CallSite, type Loop, sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Subject } from '../subject.ts';
import { subjectOf } from '../subject.ts';
import { isInHandler, isUpToTheCaller } from './once.ts';
import { edgesOf } from './runs.ts';
import { runsOfCall } from './targets.ts';

/** By function id: whether its own body has such a call, if only for what it has not kept yet. */
const isSlowItself = defineQuery<boolean>('slow itself', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return false;
  const subject = subjectOf(db, blockOf(id));
  return sitesOf(db, blockOf(id)).calls.some(
    (site) =>
      site.scope === id &&
      isSlow(subject.nameOf(site.node.callee, id) ?? '') &&
      !isUpToTheCaller(node, site) &&
      !isInHandler(site),
  );
});

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
  }
  return false;
});

/** Whether a loop waits for something slower than the query of a call in it: once per item, in this call or beside it. */
export function isJob(subject: Subject, { node }: Loop, call: CallSite): boolean {
  const beside =
    node.type === 'for'
      ? sitesOf(subject.db, subject.block).calls.filter(
          (site) => site.scope === call.scope && site.loops.some((loop) => loop.node === node),
        )
      : [call];
  return beside.some((site) => !isInHandler(site) && isSlowCall(subject, site));
}

function isSlowCall(subject: Subject, site: CallSite): boolean {
  if (isSlow(subject.nameOf(site.node.callee, site.scope) ?? '')) return true;
  return runsOfCall(subject, site).some(
    ({ target, isLater }) => !isLater && reaches(subject.db, target),
  );
}

function reaches(db: Reader, target: string): boolean {
  return db.get(comesToSlow, target);
}
