/** Locks of threads on the event loop: what waits for one, and what is awaited while one is held. */
import { ACQUIRES, LOCK_WAITS, LOCKS, QUEUE_PUTS, REENTRANT } from '../../knowledge/locks.ts';
import { type FunctionSite, sitesOf } from '../../python/sites.ts';
import type { Call, Expression, Span, Statement } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { type NamedCall, namedCall } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import type { Subject } from '../subject.ts';
import { awaitsIn } from './awaits.ts';

/** Waits until another thread does something: sets the event, fills the queue. */
export function waitsForOthers(subject: Subject, call: NamedCall): boolean {
  if (isImpatient(call.node)) return false;
  if (LOCK_WAITS.has(call.name)) return true;
  return QUEUE_PUTS.has(call.name) && isBounded(subject, call);
}

/** `get(False)`, `acquire(blocking=False)`, `wait(0)`: it looks, and does not wait. */
function isImpatient({ args }: Call): boolean {
  return args.some(
    ({ name, value }) =>
      (value.type === 'false' && (name === undefined || /^block/.test(name))) ||
      (value.type === 'number' && Number(value.text) === 0),
  );
}

/** Whether a queue is seen to be made with a size; one without takes anything at once. */
function isBounded(subject: Subject, { node, scope }: NamedCall): boolean {
  const queue = node.callee.type === 'attribute' ? node.callee.object : undefined;
  if (queue?.type !== 'name') return false;
  const traced = subject.evaluator.trace(queue.id, scope);
  if (traced?.kind !== 'bindings') return false;
  return traced.bindings.every(
    (one) => one.kind === 'value' && one.value?.type === 'call' && hasSize(one.value),
  );
}

function hasSize({ args }: Call): boolean {
  return args.some(
    ({ name, value }) =>
      (name === undefined || name === 'maxsize') &&
      !(value.type === 'number' && Number(value.text) <= 0),
  );
}

export interface HeldLock {
  readonly at: Expression;
  /** An `await` while it is held. */
  readonly awaited: Span | undefined;
  /** The thread that holds it may take it again: it keeps no other task of the loop out. */
  readonly isReentrant: boolean;
}

/** The locks of threads that an `async def` takes, by `with` or by `acquire()`. */
export function heldLocks(subject: Subject, { id, node }: FunctionSite): readonly HeldLock[] {
  if (!node.isAsync) return [];
  return [...heldByWith(subject, id, node.body), ...heldByCall(subject, id, node.body)];
}

function heldByWith(subject: Subject, id: string, body: readonly Statement[]): HeldLock[] {
  return [...ownStatements(body)].flatMap((statement) => {
    if (statement.type !== 'with' || statement.isAsync) return [];
    return statement.items.flatMap(({ context }): HeldLock | readonly [] => {
      const value = subject.meaningOf(context, id);
      if (!isInstanceOf(subject.evaluator, value, LOCKS) || isMadeHere(subject, context, id))
        return [];
      const isReentrant = isInstanceOf(subject.evaluator, value, REENTRANT);
      return { at: context, awaited: awaitsIn(statement.body)[0], isReentrant };
    });
  });
}

/** A lock that the function has just made: nobody else can hold it. */
function isMadeHere(subject: Subject, lock: Expression, id: string): boolean {
  const traced = lock.type === 'name' ? subject.evaluator.trace(lock.id, id) : undefined;
  return (
    traced?.kind === 'bindings' &&
    traced.scope === id &&
    traced.bindings.every((one) => one.kind === 'value' && one.value?.type === 'call')
  );
}

function heldByCall(subject: Subject, id: string, body: readonly Statement[]): HeldLock[] {
  const calls = sitesOf(subject.db, subject.block).calls.filter(({ scope }) => scope === id);
  return calls.flatMap((site): HeldLock | readonly [] => {
    const named = site.function && namedCall(subject, site);
    if (named === undefined || !ACQUIRES.has(named.name)) return [];
    const { callee, end } = site.node;
    if (isImpatient(site.node) || callee.type !== 'attribute') return [];
    if (isMadeHere(subject, callee.object, id)) return [];
    const lock = subject.textOf(callee.object);
    const released = calls.find(
      ({ node: { callee: other, start } }) =>
        start > end &&
        other.type === 'attribute' &&
        other.name === 'release' &&
        subject.textOf(other.object) === lock,
    );
    const awaited =
      released && awaitsIn(body).find(({ start }) => start > end && start < released.node.start);
    const isReentrant = REENTRANT.has(named.name.slice(0, -'.acquire'.length));
    return { at: callee, awaited, isReentrant };
  });
}
