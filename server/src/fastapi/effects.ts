/**
 * What calling a function of the project does, however deep: the first call on the shortest way that holds up the
 * thread, and the first that queries a database. Each function's own part is a query; the way is searched over those, so
 * recursion ends, and a body that changes without changing its part touches nobody.
 */
import { BLOCKING_HTTP } from '../knowledge/blocking.ts';
import { blockOf, functionOf, nameOf } from '../python/definitions.ts';
import type { Evaluator } from '../python/evaluate.ts';
import { functionSignature } from '../python/signatures.ts';
import { type CallSite, sitesOf } from '../python/sites.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { databaseUse, fileUse, heavyWork, processUse } from './blocking.ts';
import { type NamedCall, namedCall, spelled, standingOf } from './calls.ts';
import { isQuery } from './databases.ts';
import { type Subject, subjectOf } from './subject.ts';

/** A call as a hop of a chain: where it stands and how it is spelled. */
export interface Hop {
  readonly block: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Leaf extends Hop {
  /** The rule that would speak of the call if it stood in an `async def`, and its level there. */
  readonly rule: string;
  readonly level: 'error' | 'warning';
}

/** From a function to what it comes to. `names` are the functions on the way, the first being the called one. */
export interface Witness<L extends Hop> {
  readonly names: readonly string[];
  readonly hops: readonly Hop[];
  readonly leaf: L;
}

interface Edge extends Hop {
  readonly target: string;
}

interface OwnEffects {
  readonly blocks: Leaf | null;
  readonly queries: Hop | null;
  /** Functions that run when this one does: plain ones that are called, asynchronous ones that are awaited. */
  readonly calls: readonly Edge[];
}

const NOTHING: OwnEffects = { blocks: null, queries: null, calls: [] };

/** By function id: what the function's own body does. */
const ownEffects = defineQuery<OwnEffects>('own effects', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return NOTHING;
  const block = blockOf(id);
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return NOTHING;
  let blocks: Leaf | null = null;
  let queries: Hop | null = null;
  const calls: Edge[] = [];
  for (const site of sitesOf(db, block).calls) {
    if (site.scope !== id || site.function === undefined) continue;
    const hop = hopOf(subject, site);
    const named = namedCall(subject, site);
    if (named !== undefined) {
      blocks ??= site.isAwaited ? null : leafOf(subject, named, hop);
      if (isQuery(named)) queries ??= hop;
    } else {
      const target = targetOf(subject.evaluator, db, site);
      if (target !== undefined) calls.push({ ...hop, target });
    }
  }
  return { blocks, queries, calls };
});

function hopOf(subject: Subject, { node }: CallSite): Hop {
  const { start, end } = node.callee;
  return { block: subject.block, start, end, text: spelled(node.callee) };
}

/** What a call in a plain function would be told as, on the event loop. */
function leafOf(subject: Subject, call: NamedCall, hop: Hop): Leaf | null {
  const leaf = (rule: string, level: Leaf['level']): Leaf => ({
    ...hop,
    rule: `async/${rule}`,
    level,
  });
  if (call.name === 'time.sleep') return leaf('blocking-sleep', 'error');
  if (BLOCKING_HTTP.has(call.name)) return leaf('blocking-http', 'error');
  if (call.function === undefined) return null;
  const asLoop = standingOf(subject, { ...call, function: call.function });
  if (processUse(subject, asLoop) === 'waits') return leaf('blocking-subprocess', 'error');
  if (databaseUse(subject, call) !== undefined) return leaf('blocking-database', 'error');
  if (fileUse(subject, call) !== undefined) return leaf('blocking-file-io', 'warning');
  return heavyWork(subject, asLoop) === undefined ? null : leaf('blocking-cpu', 'warning');
}

/** The function of the project that runs when a call is made; nothing for generators and what is not awaited. */
export function targetOf(evaluator: Evaluator, db: Reader, site: CallSite): string | undefined {
  const callee = evaluator.meaningOf(site.node.callee, site.scope);
  const id = callee && calledFunction(evaluator, callee);
  const signature = id === undefined ? null : db.get(functionSignature, id);
  if (id === undefined || signature === null || signature.isGenerator) return undefined;
  return signature.isAsync === site.isAwaited && !isCached(evaluator, id) ? id : undefined;
}

function calledFunction(
  evaluator: Evaluator,
  callee: NonNullable<ReturnType<Evaluator['meaningOf']>>,
): string | undefined {
  if (callee.kind === 'function') return callee.id;
  if (callee.kind === 'class') {
    const init = evaluator.attributeOf(callee, '__init__');
    return init?.kind === 'function' ? init.id : undefined;
  }
  if (callee.kind !== 'instance') return undefined;
  const method = evaluator.attributeOf(callee, '__call__');
  return method?.kind === 'function' ? method.id : undefined;
}

const CACHES = ['functools.lru_cache', 'functools.cache', 'functools.cached_property'];

/** What is computed once holds up one request. */
function isCached(evaluator: Evaluator, id: string): boolean {
  return CACHES.some((name) => evaluator.hasDecorator(id, name));
}

/** How far a way may be, and how many functions are looked at for it. */
const MAX_HOPS = 12;
const MAX_FUNCTIONS = 2_000;

/** The shortest way from a function to a call that `pick` finds in it; through plain functions only, where said. */
function shortest<L extends Hop>(
  db: Reader,
  from: string,
  pick: (own: OwnEffects) => L | null,
  plainOnly: boolean,
): Witness<L> | null {
  interface Step {
    readonly id: string;
    readonly hops: readonly Hop[];
    readonly names: readonly string[];
  }
  const queue: Step[] = [{ id: from, hops: [], names: [displayName(from)] }];
  const seen = new Set([from]);
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const own = db.get(ownEffects, step.id);
    const leaf = pick(own);
    if (leaf !== null) return { names: step.names, hops: step.hops, leaf };
    if (step.hops.length >= MAX_HOPS || seen.size >= MAX_FUNCTIONS) continue;
    for (const { target, ...hop } of own.calls) {
      if (seen.has(target)) continue;
      if (plainOnly && db.get(functionSignature, target)?.isAsync !== false) continue;
      seen.add(target);
      queue.push({
        id: target,
        hops: [...step.hops, hop],
        names: [...step.names, displayName(target)],
      });
    }
  }
  return null;
}

/** `ReportService.build`, `load`. */
function displayName(id: string): string {
  const key = id.slice(id.lastIndexOf('#') + 1);
  const parts = key.split(/[/>]/).map((part) => part.replace(/~\d+$/, ''));
  return parts.length > 1 && parts[parts.length - 1] === '__init__'
    ? (parts[parts.length - 2] ?? nameOf(id))
    : parts.slice(-2).join('.');
}

const blockingWay = defineQuery<Witness<Leaf> | null>('blocking way', (db, id) =>
  db.get(functionSignature, id)?.isAsync === false
    ? shortest(db, id, ({ blocks }) => blocks, true)
    : null,
);

const queryingWay = defineQuery<Witness<Hop> | null>('querying way', (db, id) =>
  shortest(db, id, ({ queries }) => queries, false),
);

/** How calling a plain function of the project comes to hold up its thread; nothing when it is not seen to. */
export function blockingWayFrom(db: Reader, functionId: string): Witness<Leaf> | null {
  return db.get(blockingWay, functionId);
}

/** How running a function of the project comes to query a database. */
export function queryingWayFrom(db: Reader, functionId: string): Witness<Hop> | null {
  return db.get(queryingWay, functionId);
}
