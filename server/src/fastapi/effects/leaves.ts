/** What holds up a thread in the end: a call, with the rule that would speak of it in an `async def`. */
import { BLOCKING_HTTP, FILE_STATS } from '../../knowledge/blocking.ts';
import type { NamedCall } from '../calls.ts';
import type { Subject } from '../subject.ts';
import { databaseUse, fileUse, heavyWork, isMoment, processUse } from './blocking.ts';
import { waitsForOthers } from './locks.ts';
import { isInHandler } from './once.ts';
import { loadedPerRequest } from './per-request.ts';
import { inputUse } from './terminal.ts';

/** A call as a hop of a chain: where it stands and how it is spelled. */
export interface Hop {
  readonly block: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Leaf extends Hop {
  /** The public name of what is called. */
  readonly name: string;
  /** The rule that would speak of the call if it stood in an `async def`, and its level there. */
  readonly rule: string;
  readonly level: 'error' | 'warning' | 'hint';
}

const RANK: Readonly<Record<Leaf['level'], number>> = { error: 2, warning: 1, hint: 0 };

export const WORST = RANK.error;

export function rankOf({ level }: Leaf): number {
  return RANK[level];
}

/** The worse of two; of two that are as bad the first. */
export function worse(one: Leaf | null, other: Leaf | null): Leaf | null {
  if (one === null || other === null) return one ?? other;
  return rankOf(other) > rankOf(one) ? other : one;
}

/** What a call in a plain function would be told as, on the event loop. */
export function leafOf(subject: Subject, call: NamedCall, hop: Hop): Leaf | null {
  const leaf = (rule: string, level: Leaf['level']): Leaf => ({
    ...hop,
    name: call.name,
    rule: `async/${rule}`,
    level,
  });
  // A short wait before something is tried again is not what the function is for.
  if (call.name === 'time.sleep')
    return leaf(
      'blocking-sleep',
      isMoment(call) ? 'hint' : isInHandler(call) ? 'warning' : 'error',
    );
  if (BLOCKING_HTTP.has(call.name)) return leaf('blocking-http', 'error');
  if (processUse(subject, call) === 'waits') return leaf('blocking-subprocess', 'error');
  if (databaseUse(subject, call) !== undefined) return leaf('blocking-database', 'error');
  if (inputUse(subject, call)) return leaf('blocking-input', 'error');
  if (fileUse(subject, call) !== undefined) return leaf('blocking-file-io', 'warning');
  // What is loaded once holds nobody up: performance/model-loaded-per-request says so where it is loaded.
  if (heavyWork(subject, call) !== undefined && !loadedPerRequest(subject, call))
    return leaf('blocking-cpu', 'warning');
  return waitsForOthers(subject, call) ? leaf('blocking-lock', 'hint') : null;
}

/** The same for what only asks the disk, which is told to who asks for it. */
export function statLeaf(call: NamedCall, hop: Hop): Leaf | null {
  if (!FILE_STATS.has(call.name)) return null;
  return { ...hop, name: call.name, rule: 'async/blocking-file-stat', level: 'hint' };
}
