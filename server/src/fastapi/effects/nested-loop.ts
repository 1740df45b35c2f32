/** Event loops that are started where one runs already. */
import { LOOP_QUESTIONS, LOOP_RUNNERS } from '../../knowledge/loops.ts';
import type { Reader } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { LoopCall, NamedCall } from '../calls.ts';
import { isSaidAnywhere } from '../everywhere.ts';
import type { Subject } from '../subject.ts';
import type { Hop, Leaf } from './leaves.ts';
import { canAwait, type Plan, standsAlone } from './loop.ts';
import { isTried } from './once.ts';

/** Starts an event loop, and says nowhere that it may fail. */
export function startsLoop(call: NamedCall): boolean {
  return LOOP_RUNNERS.has(call.name) && !isTried(call);
}

/** Behind an `if` it may be just what is not done where a loop runs. */
export function nestingLeaf(call: NamedCall, hop: Hop): Leaf | null {
  const isConditional = call.statements.some(({ type }) => type === 'if' || type === 'match');
  if (isConditional || !startsLoop(call)) return null;
  return { ...hop, name: call.name, rule: 'async/nested-event-loop', level: 'error' };
}

/** Looks whether an event loop runs. */
export function asksForLoop({ name }: NamedCall): boolean {
  return LOOP_QUESTIONS.has(name);
}

const NESTING = defineGlance(/^[ \t]*(?:import|from)[ \t]+nest_asyncio\b/m, ['nest_asyncio']);

/** Whether the project patches `asyncio` so that loops may be started on a running one. */
export function mayNestLoops(db: Reader): boolean {
  return isSaidAnywhere(db, NESTING);
}

/** `asyncio.run(f(x))` becomes `await f(x)`, `anyio.run(f, x)` becomes `await f(x)`. */
export function awaitedHere<FixId extends string>(
  subject: Subject,
  call: LoopCall,
  fix: FixId,
): Plan<FixId> | undefined {
  const { args, start, end } = call.node;
  const [first, ...rest] = args;
  const isPlain = args.every(({ name, star }) => name === undefined && star === undefined);
  if (first === undefined || !isPlain || !canAwait(call) || call.name === 'uvicorn.run')
    return undefined;
  const handsOn = call.name === 'anyio.run';
  if (!(handsOn || (rest.length === 0 && AWAITABLE.has(first.value.type)))) return undefined;
  if (handsOn && first.value.type !== 'name' && first.value.type !== 'attribute') return undefined;
  const given = rest.map(({ value }) => subject.textOf(value)).join(', ');
  const awaited = `await ${subject.textOf(first.value)}${handsOn ? `(${given})` : ''}`;
  const text = standsAlone(call) ? awaited : `(${awaited})`;
  return { fix, replace: [{ start, end, text }], imports: [] };
}

/** What needs no parentheses after `await`. */
const AWAITABLE: ReadonlySet<string> = new Set(['call', 'name', 'attribute', 'subscript']);
