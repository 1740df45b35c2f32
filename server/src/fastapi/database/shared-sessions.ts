/** One session of a database in tasks that run at once. */
import { QUERIES } from '../../knowledge/queries.ts';
import { UNSCOPED_SESSIONS } from '../../knowledge/relationships.ts';
import { functionOf } from '../../python/definitions.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import type { Call, Comprehension, Expression } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import { type NamedCall, spelled } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import { queryKind } from '../databases.ts';
import { commits, type QueryHop, queryingWayFrom, type Witness } from '../effects/effects.ts';
import type { Subject } from '../subject.ts';
import { isBoundIn } from './bound.ts';
import { isInside } from './suites.ts';

export interface SharedSession {
  /** `db`, or the object that holds the session. */
  readonly session: string;
  /** Nothing is written, as far as can be seen. */
  readonly onlyReads: boolean;
}

const TASK_GROUPS: ReadonlySet<string> = new Set([
  'asyncio.TaskGroup.create_task',
  'anyio.abc.TaskGroup.start_soon',
]);

/** The session that tasks share which a call starts at once: `gather(f(db), g(db))`, `gather(*[f(db, x) for x in xs])`. */
export function sharedSession(
  subject: Subject,
  call: Pick<NamedCall, 'node' | 'name' | 'scope' | 'loops'>,
): SharedSession | undefined {
  if (call.name === 'asyncio.gather') return sharedIn(subject, call.node, call.scope);
  if (!TASK_GROUPS.has(call.name)) return undefined;
  const own = startedBy(subject, call);
  if (own === undefined) return undefined;
  if (call.loops.some(({ node }) => !isBoundIn(subject, rootOf(own.session), call.scope, node)))
    return own;
  const others = sitesOf(subject.db, subject.block).calls.filter(
    ({ node, scope }) =>
      scope === call.scope &&
      node.start < call.node.start &&
      spelled(node.callee) === spelled(call.node.callee),
  );
  const isSecond = others.some(
    (other) => startedBy(subject, { ...other, name: call.name })?.session === own.session,
  );
  return isSecond ? own : undefined;
}

/** Whether a call starts one of the tasks of a `gather` that share a session: there, or in a list that it is given by name. */
export function isInSharing(subject: Subject, { node, scope }: CallSite): boolean {
  return sitesOf(subject.db, subject.block).calls.some(
    (site) =>
      site.scope === scope &&
      node.start < site.node.end &&
      subject.nameOf(site.node.callee, scope) === 'asyncio.gather' &&
      site.node.args.some(({ value }) => isInside(node, listOf(subject, value, scope) ?? value)) &&
      sharedIn(subject, site.node, scope) !== undefined,
  );
}

/** What the one binding of a name binds it to. */
function listOf(subject: Subject, value: Expression, scope: string): Expression | undefined {
  const traced = value.type === 'name' ? subject.evaluator.trace(value.id, scope) : undefined;
  const [binding, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
  if (binding?.kind !== 'value' || others.length > 0 || binding.unpack) return undefined;
  return binding.scope === scope ? binding.value : undefined;
}

function startedBy(
  subject: Subject,
  { node, name, scope }: Pick<NamedCall, 'node' | 'name' | 'scope'>,
): SharedSession | undefined {
  const [first, ...args] = node.args;
  if (first?.value.type === 'call') return sessionUsedBy(subject, first.value, scope);
  if (first === undefined || !name.endsWith('.start_soon')) return undefined;
  return sessionUsedBy(subject, { ...node, callee: first.value, args }, scope);
}

function sharedIn(subject: Subject, { args }: Call, scope: string): SharedSession | undefined {
  const seen = new Map<string, SharedSession>();
  let shared: string | undefined;
  for (const { value, star } of args) {
    const { task, isMany, at, own } =
      star === '*' ? repeated(subject, value, scope) : one(value, scope);
    const used = task && sessionUsedBy(subject, task, at);
    if (used === undefined || own.includes(rootOf(used.session))) continue;
    const before = seen.get(used.session);
    if (isMany || before !== undefined) shared ??= used.session;
    seen.set(used.session, { ...used, onlyReads: used.onlyReads && before?.onlyReads !== false });
  }
  return shared === undefined ? undefined : seen.get(shared);
}

/** Whether the session has a connection before the tasks start: something has queried with it. */
export function isConnected(
  subject: Subject,
  { node, scope }: Pick<NamedCall, 'node' | 'scope'>,
  { session }: SharedSession,
): boolean {
  return sitesOf(subject.db, subject.block).calls.some(
    (site) =>
      site.scope === scope &&
      site.isAwaited &&
      site.node.end < node.start &&
      sessionUsedBy(subject, site.node, scope)?.session === session,
  );
}

function rootOf(session: string): string {
  return session.split('.')[0] ?? '';
}

interface Task {
  readonly task: Call | undefined;
  readonly isMany: boolean;
  readonly at: string;
  /** Names that are another thing for each task. */
  readonly own: readonly string[];
}

function one(value: Expression, at: string): Task {
  return { task: value.type === 'call' ? value : undefined, isMany: false, at, own: [] };
}

/** `*[f(db, x) for x in xs]`, also by a name; a session of the comprehension's own is not shared. */
function repeated(subject: Subject, value: Expression, at: string, hops = 1): Task {
  if (value.type === 'comprehension' && value.element.type === 'call')
    return { task: value.element, isMany: true, at, own: namesBoundBy(value) };
  const list = hops === 0 ? undefined : listOf(subject, value, at);
  return list === undefined
    ? { task: undefined, isMany: false, at, own: [] }
    : repeated(subject, list, at, hops - 1);
}

function namesBoundBy({ clauses }: Comprehension): readonly string[] {
  return clauses.flatMap(({ target }) => namesIn(target));
}

/** The session that a coroutine queries with: its own receiver, one that it is given, or that of the object it belongs to. */
function sessionUsedBy(subject: Subject, call: Call, scope: string): SharedSession | undefined {
  const { callee, args } = call;
  const name = subject.nameOf(callee, scope);
  if (name !== undefined)
    return callee.type === 'attribute' && isOfSession(name) && QUERIES.has(name)
      ? {
          session: spelled(callee.object),
          onlyReads: queryKind(subject, { node: call, name, scope }) === 'read',
        }
      : undefined;
  const target = subject.meaningOf(callee, scope);
  const way = target?.kind === 'function' ? queryingWayFrom(subject.db, target.id) : null;
  if (target?.kind !== 'function' || way === null || !isOfSession(way.leaf.name)) return undefined;
  const onlyReads = way.leaf.kind === 'read' && !commits(subject.db, target.id);
  const given = args.find(({ value }) =>
    isInstanceOf(subject.evaluator, subject.meaningOf(value, scope), UNSCOPED_SESSIONS),
  );
  if (given !== undefined)
    return isOnGiven(subject, target.id, way)
      ? { session: spelled(given.value), onlyReads }
      : undefined;
  const isHeld = [...way.hops, way.leaf].every(({ text }) => text.startsWith('self.'));
  return callee.type === 'attribute' && isHeld
    ? { session: spelled(callee.object), onlyReads }
    : undefined;
}

/** A function that is given a session may still open one of its own. */
function isOnGiven(subject: Subject, id: string, { hops, leaf }: Witness<QueryHop>): boolean {
  if (hops.length > 0) return true;
  const root = rootOf(leaf.text);
  return functionOf(subject.db, id)?.parameters.some(({ name }) => name === root) === true;
}

function isOfSession(name: string): boolean {
  return UNSCOPED_SESSIONS.has(name.slice(0, name.lastIndexOf('.')));
}
