/** Clients of websockets that leave: who notices, and what becomes of the others. */
import { BROAD_EXCEPTIONS } from '../../knowledge/exceptions.ts';
import { blockOf, definitionOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { CallSite, Loop, Place } from '../../python/sites.ts';
import type { Expression, FunctionDef, Statement, While } from '../../syntax/nodes.ts';
import { headOf, isWithin, namesIn } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';
import { injectedOf } from '../dependencies.ts';
import { classesCaught } from '../excepts.ts';
import { markersOf } from '../markers.ts';
import type { Subject } from '../subject.ts';
import { socketParameter, socketUses } from './sockets.ts';

export interface UnhandledLeave {
  /** `websocket.receive_text` */
  readonly callee: Expression;
  readonly loop: While;
  /** What does not happen any more when the client has left: something follows the loop, or somebody has the connection. */
  readonly leaves: 'rest' | 'held' | 'nothing';
}

const RECEIVE = /^receive_(?:text|json|bytes)$/;

/** A loop of a websocket's handler that receives until the client has left, and does not say what happens then. */
export function unhandledLeave(
  subject: Subject,
  functionId: string,
  node: FunctionDef,
): UnhandledLeave | undefined {
  const name = socketParameter(subject, functionId);
  if (name === undefined || isHandledByDependency(subject, functionId, node)) return undefined;
  const uses = socketUses(subject.db, functionId, name);
  for (const { site, call } of uses) {
    const { callee } = call ?? {};
    if (site.scope !== functionId || site.function === undefined) continue;
    if (callee?.type !== 'attribute' || callee.object !== site.node) continue;
    if (!RECEIVE.test(callee.name) || isShielded(subject, site)) continue;
    const loop = site.statements.find((one) => one.type === 'while');
    if (loop === undefined) continue;
    const isHeld = uses.some(
      (use) =>
        use.site.node.start < loop.start &&
        (use.kind === 'handed' || use.kind === 'kept' || use.site.use.kind === 'assigned'),
    );
    const isLast = node.body[node.body.length - 1]?.end === loop.end;
    return { callee, loop, leaves: isHeld ? 'held' : isLast ? 'nothing' : 'rest' };
  }
  return undefined;
}

const LEAVES: ReadonlySet<string> = new Set([
  'fastapi.WebSocketDisconnect',
  'starlette.websockets.WebSocketDisconnect',
  ...BROAD_EXCEPTIONS,
]);

/** Whether something around a place may catch what is raised there when the client has left. */
function isShielded(subject: Subject, { statements, scope }: Place): boolean {
  return isWithin(statements, (statement, inner) => {
    if (statement.type === 'with')
      return statement.items.some(({ context }) => maySuppress(subject, context, scope));
    if (statement.type !== 'try' || !statement.body.includes(inner)) return false;
    return statement.handlers.some(
      (handler) =>
        handler.exception === undefined ||
        classesCaught(handler).some((one) => {
          const name = subject.nameOf(one, scope);
          return name === undefined || LEAVES.has(name);
        }),
    );
  });
}

/** `suppress(...)`, and whatever is the project's own or not known. */
function maySuppress(subject: Subject, context: Expression, scope: string): boolean {
  const name = subject.nameOf(headOf(context), scope);
  return name === undefined || /^(?:contextlib\.|asyncio\.|anyio\.)/.test(name);
}

/** What a handler raises passes through its dependencies with `yield`. */
function isHandledByDependency(subject: Subject, functionId: string, node: FunctionDef): boolean {
  const outer = outerScopeOf(functionId);
  return node.parameters.some((parameter) =>
    markersOf(subject, parameter, { outer }).some(({ call, scope }) => {
      const target = injectedOf(call);
      const value = target && subject.meaningOf(target, scope);
      if (value?.kind !== 'function') return false;
      if (!subject.db.get(functionSignature, value.id)?.isGenerator) return false;
      return /\b(?:except|suppress)\b/.test(subject.db.get(blockSource, blockOf(value.id)).text);
    }),
  );
}

export interface FragileBroadcast {
  readonly loop: Extract<Statement, { type: 'for' }>;
  /** `self.connections`, as it is written. */
  readonly collection: string;
}

const SEND = /^fastapi\.WebSocket\.send_(?:text|json|bytes)$/;

/**
 * The loop around a `send` that goes through the living list of connections: one that is taken out meanwhile makes it skip
 * the next one, and one that is gone ends it.
 */
export function fragileBroadcast(
  subject: Subject,
  call: CallSite & { readonly name: string },
): FragileBroadcast | undefined {
  const { callee } = call.node;
  const loop = call.loops.at(-1);
  if (!SEND.test(call.name) || !call.isAwaited || callee.type !== 'attribute') return undefined;
  if (loop === undefined || loop.node.type !== 'for' || callee.object.type !== 'name')
    return undefined;
  const { id } = callee.object;
  if (!namesIn(loop.target).includes(id)) return undefined;
  const living = livingCollection(subject, loop, call.scope);
  if (living === undefined) return undefined;
  const collection = subject.textOf(living);
  const tried = call.statements.find(
    (one, index) =>
      one.type === 'try' &&
      one.start > loop.node.start &&
      one.body.some((inner) => inner === call.statements[index + 1]),
  );
  if (tried?.type === 'try' && tried.handlers.length > 0) return undefined;
  if (asksForState(subject, call, loop.node.start)) return undefined;
  return { loop: loop.node, collection };
}

/** `if connection.client_state == CONNECTED`: who is known to be gone is left out. */
function asksForState(subject: Subject, { statements }: Place, from: number): boolean {
  return statements.some(
    (one) =>
      one.type === 'if' &&
      one.start > from &&
      one.branches.some(({ condition }) =>
        /\b(?:client|application)_state\b/.test(subject.textOf(condition)),
      ),
  );
}

/** What a loop goes through, where that outlives the function: an attribute, or a name of the module. */
function livingCollection(subject: Subject, { iterable }: Loop, scope: string) {
  const isView =
    iterable.type === 'call' &&
    iterable.args.length === 0 &&
    iterable.callee.type === 'attribute' &&
    /^(?:values|items|keys)$/.test(iterable.callee.name);
  let living: Expression =
    isView && iterable.callee.type === 'attribute' ? iterable.callee.object : iterable;
  const whole = living;
  while (living.type === 'subscript' && living.indices[0]?.type !== 'slice') living = living.object;
  if (living.type === 'attribute') return whole;
  if (living.type !== 'name') return undefined;
  const traced = subject.evaluator.trace(living.id, scope);
  const isOfModule =
    traced?.kind === 'bindings' && definitionOf(subject.db, traced.scope) === undefined;
  return isOfModule ? whole : undefined;
}
