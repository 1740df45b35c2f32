/** How requests come to a function: which path operation or dependency runs it, however far away. */
import { blockOf, nameOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { spelled } from '../../syntax/spelled.ts';
import { isDependency } from '../dependencies.ts';
import { isHandler, routesHandledBy } from '../handlers.ts';
import { subjectOf } from '../subject.ts';
import { callersOf } from './callers.ts';
import type { Hop } from './leaves.ts';
import { offloadedPart } from './offload.ts';
import { isUpToTheCaller, keptIn } from './once.ts';
import { type Edge, edgesOf, hopOf } from './runs.ts';
import { calledFunctions } from './targets.ts';
import type { Caller } from './uses.ts';

export interface Service {
  /** The functions on the way, the route or dependency first. */
  readonly names: readonly string[];
  /** The calls on the way. */
  readonly hops: readonly Hop[];
}

const MAX_HOPS = 8;
const MAX_FUNCTIONS = 200;

/** By function id: the shortest way, not through what is kept for the next time, or what a caller has to ask for. */
const service = defineQuery<Service | null>('service', (db, from) => {
  const queue: (Service & { readonly id: string })[] = [
    { id: from, names: [nameOf(from)], hops: [] },
  ];
  const seen = new Set([from]);
  for (const step of queue) {
    if (isServed(db, step.id)) return { names: step.names, hops: step.hops };
    if (step.hops.length >= MAX_HOPS || seen.size >= MAX_FUNCTIONS) continue;
    for (const caller of db.get(callersOf, step.id)) {
      const hop = seen.has(caller.from) ? undefined : hopFrom(db, caller, step.id);
      if (hop === undefined) continue;
      seen.add(caller.from);
      queue.push({
        id: caller.from,
        names: [nameOf(caller.from), ...step.names],
        hops: [hop, ...step.hops],
      });
    }
  }
  return null;
});

/** Where a caller runs a function each time that it is called itself. */
function hopFrom(db: Reader, { from, how }: Caller, target: string): Hop | undefined {
  if (db.get(functionSignature, from) === null) return undefined;
  const edges =
    how === 'runs' || how === 'later'
      ? db.get(edgesOf, from)
      : how === 'thread'
        ? db.get(offloadedBy, from)
        : [];
  const edge = edges.find((one) => one.target === target && !one.isKept && !one.isOptional);
  return edge && { block: edge.block, start: edge.start, end: edge.end, text: edge.text };
}

/** By function id: what it hands to threads. */
const offloadedBy = defineQuery<readonly Edge[]>('offloaded by', (db, id) => {
  const subject = subjectOf(db, blockOf(id));
  return sitesOf(db, subject.block).calls.flatMap((site) => {
    const { function: around, node, scope } = site;
    const handed = scope === id ? offloadedPart(subject, node, scope) : undefined;
    const value = handed && subject.meaningOf(handed, scope);
    if (around === undefined || handed === undefined || value === undefined) return [];
    const isKept = keptIn(subject, around)(site);
    const isOptional = isUpToTheCaller(around, site);
    const hop = hopOf(subject, handed);
    return calledFunctions(subject, value).map((target): Edge => {
      return { ...hop, from: id, target, isLater: false, isKept, isOptional };
    });
  });
});

const CACHED = /cache|memo/i;

/** FastAPI calls it for a request: as a path operation, a websocket's too, or as a dependency. */
function isServed(db: Reader, id: string): boolean {
  const decorators = db.get(functionSignature, id)?.decorators;
  // What is cached runs once, whatever cache it is.
  if (decorators === undefined || decorators.some((one) => CACHED.test(spelled(one)))) return false;
  const subject = subjectOf(db, blockOf(id));
  return isDependency(db, id) || isHandler(subject, id) || routesHandledBy(subject, id).length > 0;
}

/** How each request comes to a function: it is a route or a dependency, or one of these runs it. */
export function serviceOf(db: Reader, functionId: string): Service | undefined {
  return db.get(service, functionId) ?? undefined;
}
