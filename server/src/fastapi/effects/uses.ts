/** Functions that are named and not called: kept, or handed to somebody who may run them. */
import { INJECTORS } from '../../knowledge/results.ts';
import { TAKERS, THREADS } from '../../knowledge/takers.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { CallSite, NameSite, ReferenceSite, Sites } from '../../python/sites.ts';
import type { Value } from '../../python/values.ts';
import type { Call } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';
import { argumentAt, offloadedPart } from './offload.ts';
import { calledFunctions } from './targets.ts';

/**
 * How a function comes to run: `runs` when its caller does, `later` on the event loop, in a `thread`, as a `background`
 * task or a `dependency` of FastAPI's, at `startup`; `elsewhere` for what is kept or handed to who knows whom.
 */
export type How =
  | 'runs'
  | 'later'
  | 'thread'
  | 'background'
  | 'dependency'
  | 'startup'
  | 'elsewhere';

export interface Caller {
  /** The function around, or the block of what a module or class does when it is made. */
  readonly from: string;
  readonly how: How;
}

export interface Outgoing extends Caller {
  readonly target: string;
}

/** The functions that a block names and does not call. */
export function usesOf(subject: Subject, { calls, names, references }: Sites): readonly Outgoing[] {
  return distinct([
    ...[...names, ...references].flatMap((site) => usesAt(subject, site)),
    ...calls.flatMap((site) => streamedBy(subject, site)),
  ]);
}

/** Each once. */
export function distinct(all: readonly Outgoing[]): Outgoing[] {
  return [...new Map(all.map((one) => [`${one.how} ${one.from} ${one.target}`, one])).values()];
}

/** `StreamingResponse(lines())`: what is made here is gone through later, a plain generator in the thread pool. */
function streamedBy(subject: Subject, site: CallSite): Outgoing[] {
  const { use, node, scope } = site;
  if (use.kind !== 'argument' && use.kind !== 'assigned' && use.kind !== 'returned') return [];
  const value = subject.meaningOf(node.callee, scope);
  if (value?.kind !== 'function') return [];
  const signature = subject.db.get(functionSignature, value.id);
  if (signature?.isGenerator !== true || (signature.isAsync && use.kind === 'argument')) return [];
  const taker = use.kind === 'argument' ? subject.nameOf(use.call.callee, scope) : undefined;
  const isStream = taker !== undefined && /\.(?:Streaming|EventSource)Response$/.test(taker);
  const from = site.function || site.lambda ? scope : subject.block;
  return calledFunctions(subject, value).map((target) => ({
    from,
    target,
    how: isStream ? 'thread' : 'elsewhere',
  }));
}

function usesAt(subject: Subject, site: NameSite | ReferenceSite): Outgoing[] {
  const { use, node, scope } = site;
  if (use.kind === 'operand' || use.kind === 'dropped') return [];
  const value = subject.meaningOf(node, scope);
  if (value === undefined) return [];
  const how = use.kind === 'argument' ? howHanded(subject, use.call, site) : howUsed(subject, site);
  if (how === undefined || !isCallable(value, how)) return [];
  const from = site.function || site.lambda ? scope : subject.block;
  return calledFunctions(subject, value).map((target) => ({ from, target, how }));
}

/** A class or an object that is only mentioned is not called. */
function isCallable(value: Value, how: How): boolean {
  if (value.kind === 'function') return true;
  return how !== 'elsewhere' || (value.kind === 'instance' && value.wraps !== undefined);
}

function howHanded(
  subject: Subject,
  call: Call,
  { node, scope }: NameSite | ReferenceSite,
): How | undefined {
  if (offloadedPart(subject, call, scope) === node) return 'thread';
  const name = subject.nameOf(call.callee, scope) ?? '';
  const taker = TAKERS[name];
  // It is a call of its own.
  if (taker !== undefined && argumentAt(call, taker) === node) return undefined;
  const thread = THREADS[name];
  if (thread !== undefined && argumentAt(call, thread) === node) return thread.how;
  if (INJECTORS.has(name)) return 'dependency';
  if (name === 'functools.partial') return undefined;
  const method = call.callee.type === 'attribute' ? call.callee.name : '';
  if (method === 'add_event_handler') return 'startup';
  const isLifespan = call.args.some(({ name, value }) => name === 'lifespan' && value === node);
  return isLifespan ? 'startup' : 'elsewhere';
}

function howUsed(subject: Subject, { use, statements }: NameSite | ReferenceSite): How | undefined {
  if (use.kind === 'entered' || use.kind === 'iterated' || use.kind === 'tested') return undefined;
  const statement = statements.at(-1);
  const text = statement === undefined ? '' : subject.textOf(statement);
  return use.kind === 'collected' && /\bon_(?:startup|shutdown)\s*=\s*\[/.test(text)
    ? 'startup'
    : 'elsewhere';
}
