/** How a function comes to run: up to what FastAPI calls, and down to what holds up its thread. */
import { functionSignature } from '../../python/signatures.ts';
import type { Reader } from '../../query/database.ts';
import { type Entry, entriesOf } from '../served.ts';
import { callersOf } from './callers.ts';
import type { How } from './uses.ts';

/** On the event loop, or in a thread of the pool. */
export type Where = 'loop' | 'thread';

/** From what FastAPI calls (the first) down to the function that was asked about (the last). */
export interface WayUp {
  readonly entry: Entry;
  readonly where: Where;
  readonly functions: readonly string[];
}

export interface Reach {
  readonly ways: readonly WayUp[];
  /** Somebody may run it in a way that can't be followed. */
  readonly isOpen: boolean;
}

interface Step {
  readonly functions: readonly [string, ...string[]];
  /** Where the function that was asked about runs, on this way; not settled while only plain functions call. */
  readonly where: Where | undefined;
}

const MAX_STEPS = 4_000;

/** The shortest way from each route, and whatever else FastAPI calls, to a function. */
export function reachOf(db: Reader, id: string): Reach {
  const isAsync = (one: string) => db.get(functionSignature, one)?.isAsync === true;
  const start: Step = { functions: [id], where: isAsync(id) ? 'loop' : undefined };
  const queue = [start];
  const seen = new Set<string>();
  const ways = new Map<string, WayUp>();
  let isOpen = false;
  for (const { functions, where } of queue) {
    const [first] = functions;
    for (const entry of entriesOf(db, first)) {
      // What FastAPI calls itself runs in the thread pool unless it is asynchronous.
      const way: WayUp = { entry, where: where ?? 'thread', functions };
      const key = `${way.where} ${entry.kind} ${entry.title}`;
      if (!ways.has(key)) ways.set(key, way);
    }
    if (seen.size > MAX_STEPS) continue;
    for (const { from, how } of db.get(callersOf, first)) {
      if (how === 'elsewhere') isOpen = true;
      const signature = db.get(functionSignature, from);
      // A route's own handler is found as such; what a module does at its import is no request.
      if (signature === null || how === 'elsewhere' || how === 'dependency' || how === 'startup')
        continue;
      const next = where ?? whereFrom(how, signature.isAsync);
      const key = `${next} ${from}`;
      if (seen.has(key) || functions.includes(from)) continue;
      seen.add(key);
      queue.push({ functions: [from, ...functions], where: next });
    }
  }
  const all = [...ways.values()];
  return { ways: all.toSorted((one, other) => rank(one) - rank(other)), isOpen };
}

/** Where a plain function runs, by who runs it and how. */
function whereFrom(how: How, isCallerAsync: boolean): Where | undefined {
  if (how === 'thread' || how === 'background') return 'thread';
  if (how === 'later') return 'loop';
  return isCallerAsync ? 'loop' : undefined;
}

/** What is on the loop first, routes before the rest. */
function rank({ where, entry }: WayUp): number {
  return (where === 'loop' ? 0 : 2) + (entry.kind === 'route' ? 0 : 1);
}
