/** Websocket connections: what a function does with the one that it is given. */
import { blockOf, functionOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { type CallSite, type NameSite, sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Call } from '../../syntax/nodes.ts';
import { isInstanceOf } from '../classes.ts';
import { type Subject, subjectOf } from '../subject.ts';

const SOCKETS: ReadonlySet<string> = new Set(['fastapi.WebSocket']);

/** What sends or receives a message: it takes a connection that was accepted. */
const MESSAGES = /^(?:send_(?:text|json|bytes)|(?:receive|iter)_(?:text|json|bytes))$/;

/** What a function does with a connection at one place. */
export interface SocketUse {
  readonly site: NameSite;
  /** `accept`, `send`, `receive`: as it says; `message`: it sends or receives one; `handed`: it is an argument; `kept`: somebody else may have it from now on; `read`: something is asked of it. */
  readonly kind: 'accept' | 'raw' | 'message' | 'handed' | 'kept' | 'read';
  /** The call of its method, or the one that is given it. */
  readonly call: Call | undefined;
}

/** The name of the parameter that is the connection. */
export function socketParameter(subject: Subject, functionId: string): string | undefined {
  const { parameters } = subject.db.get(functionSignature, functionId) ?? {};
  return parameters?.find((parameter, index) =>
    isInstanceOf(
      subject.evaluator,
      subject.evaluator.parameterValue(parameter, index, functionId),
      SOCKETS,
    ),
  )?.name;
}

/** Every use of a name in a function, those of functions inside of it too, in source order. */
export function socketUses(db: Reader, functionId: string, name: string): readonly SocketUse[] {
  const { calls, names } = sitesOf(db, blockOf(functionId));
  const methods = new Map<number, CallSite>();
  for (const call of calls) {
    const { callee } = call.node;
    if (callee.type === 'attribute' && callee.object.type === 'name')
      methods.set(callee.object.start, call);
  }
  return names
    .filter(
      ({ node, scope }) =>
        node.id === name && (scope === functionId || scope.startsWith(`${functionId}>`)),
    )
    .map((site) => useOf(site, methods.get(site.node.start)?.node));
}

function useOf(site: NameSite, method: Call | undefined): SocketUse {
  if (method?.callee.type === 'attribute') {
    const { name } = method.callee;
    if (name === 'accept') return { site, kind: 'accept', call: method };
    if (name === 'send' || name === 'receive') return { site, kind: 'raw', call: method };
    return { site, kind: MESSAGES.test(name) ? 'message' : 'read', call: method };
  }
  const { use } = site;
  if (use.kind === 'argument') return { site, kind: 'handed', call: use.call };
  // `connections[user_id] = websocket` is a place to find it, not somebody who does something with it.
  const isFiled = use.kind === 'assigned' && use.target.type === 'subscript';
  const isAsked = use.kind === 'operand' || use.kind === 'tested' || isFiled;
  return { site, kind: isAsked ? 'read' : 'kept', call: undefined };
}

/** How many calls deep somebody who accepts is looked for. */
const LEVELS = 4;

/** What keeps an object, or shows it, and does nothing with it. */
const HARMLESS =
  /^builtins\.(?:(?:list|set|dict|deque)\.\w+|id|str|repr|print|len|bool|type|isinstance|getattr|hasattr)$|^collections\.\w+\.\w+$|^logging\./;

/** Whether a call may accept the connection that it is given. What is not known may. */
function mayAccept(subject: Subject, call: Call, site: NameSite, levels: number): boolean {
  const callee = subject.meaningOf(call.callee, site.scope);
  if (callee?.kind === 'external') return !HARMLESS.test(callee.name);
  if (callee?.kind !== 'function' || levels <= 0) return true;
  const taken = parameterTaking(subject, callee, call, site);
  return taken === undefined || acceptsParameter(subject.db, callee.id, taken, levels - 1);
}

function parameterTaking(
  { db }: Subject,
  { id, bound }: { readonly id: string; readonly bound: boolean },
  { args }: Call,
  { node }: NameSite,
): string | undefined {
  const at = args.findIndex(({ value }) => value === node);
  const argument = args[at];
  const { parameters, decorators } = db.get(functionSignature, id) ?? {};
  if (argument === undefined || parameters === undefined || decorators?.length !== 0)
    return undefined;
  if (args.slice(0, at + 1).some(({ star }) => star !== undefined)) return undefined;
  if (argument.name !== undefined)
    return parameters.find(({ name }) => name === argument.name)?.name;
  return parameters[at + (bound ? 1 : 0)]?.name;
}

function acceptsParameter(db: Reader, id: string, name: string, levels: number): boolean {
  if (functionOf(db, id) === undefined) return true;
  const subject = subjectOf(db, blockOf(id));
  return socketUses(db, id, name).some(({ kind, call, site }) => {
    if (kind === 'handed' && call !== undefined) return mayAccept(subject, call, site, levels);
    return kind === 'accept' || kind === 'raw' || kind === 'kept';
  });
}

/** By function id: whether it may accept the connection that FastAPI gives it. */
const mayAcceptItself = defineQuery<boolean>('may accept', (db, id) => {
  const name = socketParameter(subjectOf(db, blockOf(id)), id);
  return name !== undefined && acceptsParameter(db, id, name, LEVELS);
});

/** Whether a dependency may accept the connection before the handler runs. */
export function dependencyMayAccept(db: Reader, functionId: string): boolean {
  return functionOf(db, functionId) === undefined || db.get(mayAcceptItself, functionId);
}

export interface Unaccepted {
  /** The name of the connection. */
  readonly name: string;
  /** `websocket.receive_text` */
  readonly at: { readonly start: number; readonly end: number };
  /** Where `accept()` could stand: the statement of the function's own that the message is in. */
  readonly before: number | null;
}

/** By function id: the first message that a handler sends or asks for while nobody can have accepted the connection. */
const unaccepted = defineQuery<Unaccepted | null>('unaccepted', (db, id) => {
  const subject = subjectOf(db, blockOf(id));
  const name = socketParameter(subject, id);
  if (name === undefined) return null;
  const uses = socketUses(db, id, name);
  const isInside = ({ site }: SocketUse) => site.scope !== id || site.function === undefined;
  // What a function inside does, and when, is its own affair.
  if (uses.some((use) => isInside(use) && use.kind !== 'message' && use.kind !== 'read'))
    return null;
  for (const use of uses) {
    if (isInside(use) || use.kind === 'read') continue;
    const { kind, call, site } = use;
    if (kind === 'handed' && call !== undefined && !mayAccept(subject, call, site, LEVELS))
      continue;
    if (kind !== 'message' || call === undefined) return null;
    const isLate = uses.some((one) => one.kind === 'accept');
    const { start, end } = call.callee;
    return {
      name,
      at: { start, end },
      before: isLate ? null : (site.statements[0]?.start ?? null),
    };
  }
  return null;
});

export function unacceptedMessage(db: Reader, functionId: string): Unaccepted | null {
  return db.get(unaccepted, functionId);
}
