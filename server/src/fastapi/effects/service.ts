/** How requests come to a function: which path operation or dependency runs it, however far away. */
import { blockOf, nameOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { spelled } from '../../syntax/spelled.ts';
import { calledForRequests } from '../handlers.ts';
import { subjectOf } from '../subject.ts';
import type { Hop } from './leaves.ts';
import { offloadedPart } from './offload.ts';
import { isUpToTheCaller, keptIn } from './once.ts';
import { type Edge, edgesOf, hopOf, runsIn } from './runs.ts';
import { calledFunctions } from './targets.ts';

export interface Service {
  /** The functions on the way, the route or dependency first. */
  readonly names: readonly string[];
  /** The calls on the way. */
  readonly hops: readonly Hop[];
}

const MAX_HOPS = 8;
/** More functions than requests run. */
const MAX_FUNCTIONS = 5_000;

/** By function id: what it runs each time that it is called itself, in a thread too; without places. */
const runByEachCall = defineQuery<readonly string[]>('run by each call', (db, id) =>
  db.get(functionSignature, id) === null
    ? []
    : [...new Set(hopsFrom(db, id).map(({ target }) => target))],
);

/** Not what is kept for the next time, or what a caller has to ask for. */
function hopsFrom(db: Reader, id: string): readonly Edge[] {
  const handsOver = db
    .get(runsIn, blockOf(id))
    .uses.some(({ from, how }) => from === id && how === 'thread');
  const edges = [...db.get(edgesOf, id), ...(handsOver ? db.get(offloadedBy, id) : [])];
  return edges.filter(({ isKept, isOptional }) => !isKept && !isOptional);
}

/**
 * By function id: who runs it on the shortest way from what FastAPI calls for a request; itself, where FastAPI does. Followed from
 * there for all at once: to look for those who run one function, most of a project may have to be read.
 */
const requestReach = defineQuery<ReadonlyMap<string, string>>('request reach', (db) => {
  const found = new Map<string, string>();
  let reached = db.get(calledForRequests, '').filter((id) => isServed(db, id));
  for (const id of reached) found.set(id, id);
  for (let hops = 0; hops < MAX_HOPS && found.size < MAX_FUNCTIONS; hops++) {
    const next: string[] = [];
    for (const id of reached)
      for (const target of db.get(runByEachCall, id)) {
        if (found.has(target)) continue;
        found.set(target, id);
        next.push(target);
      }
    reached = next;
  }
  return found;
});

/** By function id. */
const reachedFrom = defineQuery<string | null>(
  'reached from',
  (db, id) => db.get(requestReach, '').get(id) ?? null,
);

/** By function id: the shortest way. */
const service = defineQuery<Service | null>('service', (db, functionId) => {
  const names = [nameOf(functionId)];
  const hops: Hop[] = [];
  for (let id = functionId; ; ) {
    const from = db.get(reachedFrom, id);
    if (from === null) return null;
    if (from === id) return { names, hops };
    const edge = hopsFrom(db, from).find(({ target }) => target === id);
    if (edge === undefined) return null;
    const { block, start, end, text } = edge;
    hops.unshift({ block, start, end, text });
    names.unshift(nameOf(from));
    id = from;
  }
});

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

/** What is cached runs once, whatever cache it is. */
function isServed(db: Reader, id: string): boolean {
  const decorators = db.get(functionSignature, id)?.decorators;
  return decorators !== undefined && !decorators.some((one) => CACHED.test(spelled(one)));
}

/** How each request comes to a function: it is a route or a dependency, or one of these runs it. */
export function serviceOf(db: Reader, functionId: string): Service | undefined {
  return db.get(service, functionId) ?? undefined;
}
