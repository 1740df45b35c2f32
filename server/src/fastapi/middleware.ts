/** Middleware: what is one, what leaves it, and where it comes too late. */
import { publicName } from '../knowledge/names.ts';
import { definitionOf, enclosingOf } from '../python/definitions.ts';
import { createEvaluator } from '../python/evaluate.ts';
import { type CallSite, type FunctionSite, sitesOf } from '../python/sites.ts';
import { defineQuery } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import type { Expression } from '../syntax/nodes.ts';
import { blockSource } from '../syntax/source.ts';
import { ownStatements } from '../syntax/walk.ts';
import { purposeOf } from './calls.ts';
import { isApp, isBelow, isInstanceOf } from './classes.ts';
import { isDependency } from './dependencies.ts';
import { eventHandlersOf } from './events.ts';
import { everywhere } from './everywhere.ts';
import { isHandler, isSocketHandler } from './handlers.ts';
import { lifespanOf, makingOf } from './lifespans.ts';
import { type Escape, leavingForClient } from './masking.ts';
import { argumentOf } from './routes.ts';
import type { Subject } from './subject.ts';

const BASES: ReadonlySet<string> = new Set([
  publicName('starlette.middleware.base.BaseHTTPMiddleware'),
]);

/** Whether a class is a middleware of Starlette's comfortable kind. */
export function isBaseMiddleware(subject: Subject, classId: string): boolean {
  return isBelow(subject.evaluator, { kind: 'project', id: classId }, BASES);
}

/** The `@app.middleware("http")` of a function. */
export function middlewareDecorator(
  subject: Subject,
  { node, outer }: FunctionSite,
): Expression | undefined {
  return node.decorators.find(
    (one) =>
      one.type === 'call' &&
      one.callee.type === 'attribute' &&
      one.callee.name === 'middleware' &&
      isApp(subject.evaluator, subject.meaningOf(one.callee.object, outer)),
  );
}

/** Whether a function stands between the server and the application: what it raises, the application does not answer. */
export function isMiddleware(subject: Subject, site: FunctionSite): boolean {
  if (middlewareDecorator(subject, site) !== undefined) return true;
  const owner = enclosingOf(site.id);
  if (site.node.name === 'dispatch' && owner !== null) {
    const isClass = definitionOf(subject.db, owner)?.node.type === 'class';
    if (isClass) return isBaseMiddleware(subject, owner);
  }
  return subject.db.get(isDispatcher, site.id);
}

const DISPATCHING = defineGlance(/\bdispatch\s*=/, ['dispatch']);

/** By block id: the functions that it gives to `add_middleware(BaseHTTPMiddleware, dispatch=...)`. */
const dispatchersIn = defineQuery<readonly string[]>('dispatchers in', (db, block) => {
  const evaluator = createEvaluator(db);
  return sitesOf(db, block).calls.flatMap(({ node, scope }) => {
    const given = argumentOf(node, 'dispatch');
    const added = given && (argumentOf(node, 'middleware_class') ?? node.args[0]?.value);
    const value = added && evaluator.meaningOf(added, scope);
    if (value?.kind !== 'external' || !BASES.has(value.name)) return [];
    const dispatch = given && evaluator.meaningOf(given, scope);
    return dispatch?.kind === 'function' ? dispatch.id : [];
  });
});

const isDispatcher = defineQuery<boolean>('is dispatcher', (db, id) =>
  db.get(dispatchers, '').has(id),
);

const dispatchers = defineQuery<ReadonlySet<string>>(
  'dispatchers',
  (db) => new Set(everywhere(db, DISPATCHING, dispatchersIn)),
);

/** The exceptions for the client that leave a middleware; one that it caught itself comes from further in, and is passed on. */
export function raisedInMiddleware(subject: Subject, site: FunctionSite): readonly Escape[] {
  if (!isMiddleware(subject, site)) return [];
  const raises = [...ownStatements(site.node.body)].filter((one) => one.type === 'raise');
  return leavingForClient(subject.db, site).filter(({ at, through }) => {
    const raise = raises.find(({ start }) => start === at.start);
    if (through !== undefined || raise?.exception?.type !== 'name') return true;
    const traced = subject.evaluator.trace(raise.exception.id, site.id);
    return !(
      traced?.kind === 'bindings' && traced.bindings.some(({ kind }) => kind === 'exception')
    );
  });
}

const CALLS_NEXT = /\bcall_next\s*\(|\bapp\s*\(\s*scope\b/;
const CALLING_NEXT = defineGlance(CALLS_NEXT, ['call_next', 'scope']);
const CATCHES = /\bexcept\b\s*(?:\*\s*)?(?::|\(|[\w.]*HTTPException\b|(?:Base)?Exception\b)/;

/** By block id: itself, if it calls what comes next and catches what that raises, by a glance at its text. */
const catcherIn = defineQuery<readonly string[]>('catcher in', (db, block) =>
  CATCHES.test(db.get(blockSource, block).text) ? [block] : [],
);

const catchers = defineQuery<readonly string[]>('catchers', (db) =>
  everywhere(db, CALLING_NEXT, catcherIn),
);

/** Whether another middleware may catch what this one raises: which of them is outside is not asked. */
export function mayBeCaughtOutside(subject: Subject, { id, node }: FunctionSite): boolean {
  const { block, db } = subject;
  if (db.get(catchers, '').some((other) => other !== block)) return true;
  return sitesOf(db, block).functions.some((other) => {
    if (other.id === id || (other.node.start <= node.start && node.end <= other.node.end))
      return false;
    const text = subject.textOf(other.node);
    return CALLS_NEXT.test(text) && CATCHES.test(text);
  });
}

const CONNECTIONS: ReadonlySet<string> = new Set(['fastapi.Request', 'fastapi.WebSocket']);

/** Where an `add_middleware` or `@app.middleware` comes too late: its application runs by then. */
export function lateMiddleware(
  subject: Subject,
  call: CallSite,
): 'startup' | 'request' | undefined {
  const { callee } = call.node;
  if (callee.type !== 'attribute' || call.function === undefined) return undefined;
  if (callee.name !== 'add_middleware' && callee.name !== 'middleware') return undefined;
  if (isStartingWith(subject, call, callee.object)) return 'startup';
  return isServing(subject, call, callee.object) ? 'request' : undefined;
}

/** The function around runs because this very application starts. */
function isStartingWith(subject: Subject, call: CallSite, app: Expression): boolean {
  const { function: around, scope } = call;
  if (around === undefined || app.type !== 'name') return false;
  const traced = subject.evaluator.trace(app.id, scope);
  const isParameter =
    traced?.kind === 'bindings' &&
    traced.scope === scope &&
    traced.bindings.every(({ kind }) => kind === 'parameter');
  if (isParameter)
    return around.parameters[0]?.name === app.id && purposeOf(subject, around, scope).isStartup();
  if (!isApp(subject.evaluator, subject.meaningOf(app, scope))) return false;
  const made = makingOf(subject, app, scope);
  if (made === undefined || made.scope === scope) return false;
  if (lifespanOf(subject, made.call, made.scope) === scope) return true;
  const site = sitesOf(subject.db, subject.block).functions.find(({ id }) => id === scope);
  return site !== undefined && eventHandlersOf(subject, site).some(({ owner }) => owner === app.id);
}

/** The function around answers requests, which only an application does that has started. */
function isServing(subject: Subject, { scope }: CallSite, app: Expression): boolean {
  const { db, evaluator } = subject;
  const isOfRequest =
    app.type === 'attribute' &&
    app.name === 'app' &&
    isInstanceOf(evaluator, subject.meaningOf(app.object, scope), CONNECTIONS);
  if (!isOfRequest) {
    if (!isApp(evaluator, subject.meaningOf(app, scope))) return false;
    const made = makingOf(subject, app, scope);
    if (made === undefined || made.scope === scope) return false;
  }
  return isHandler(subject, scope) || isSocketHandler(subject, scope) || isDependency(db, scope);
}
