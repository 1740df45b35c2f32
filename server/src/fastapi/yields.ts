/** Dependencies with `yield`: what is around a `yield`, and what comes after it. */
import { functionOf, outerScopeOf } from '../python/definitions.ts';
import type { FunctionSite } from '../python/sites.ts';
import type {
  Call,
  ExceptHandler,
  Expression,
  FunctionDef,
  Statement,
  Try,
  Yield,
} from '../syntax/nodes.ts';
import { callsIn } from '../syntax/parts.ts';
import { blockSource } from '../syntax/source.ts';
import { expressionsIn, ownExpressions, ownStatements, suitesOf } from '../syntax/walk.ts';
import { isInstanceOf } from './classes.ts';
import { isDependency } from './dependencies.ts';
import { classesCaught } from './excepts.ts';
import type { Subject } from './subject.ts';

/** One suite on the way from the function's body to a `yield`. */
export interface Step {
  readonly suite: readonly Statement[];
  /** Of the statement in the suite that is, or holds, the `yield`. */
  readonly index: number;
  /** The statement whose suite it is; none for the function's own body. */
  readonly owner: Statement | undefined;
}

export interface YieldPlace {
  readonly node: Yield;
  /** Innermost first. */
  readonly steps: readonly Step[];
}

/** The `yield`s of a generator function that FastAPI runs as a dependency; none for anything else. */
export function dependencyYields(
  subject: Subject,
  { node, id }: FunctionSite,
): readonly YieldPlace[] {
  const mentions = subject.db.get(blockSource, subject.block).text.includes('yield');
  const places = mentions && node.decorators.length === 0 ? placesIn(node) : [];
  return places.length > 0 && isDependency(subject.db, id) ? places : [];
}

function placesIn(node: FunctionDef): readonly YieldPlace[] {
  const found: YieldPlace[] = [];
  const visit = (
    suite: readonly Statement[],
    owner: Statement | undefined,
    outer: readonly Step[],
  ) => {
    for (const [index, statement] of suite.entries()) {
      if (statement.type === 'function' || statement.type === 'class') continue;
      const steps = [{ suite, index, owner }, ...outer];
      // What stands around `yield from` is around another function's `yield`.
      for (const expression of expressionsIn(statement))
        for (const part of ownExpressions(expression))
          if (part.type === 'yield' && !part.isFrom) found.push({ node: part, steps });
      for (const inner of suitesOf(statement)) visit(inner, statement, steps);
    }
  };
  visit(node.body, undefined, []);
  return found;
}

/** The `try`s whose own body holds the `yield`, innermost first. */
export function triesAround({ steps }: YieldPlace): readonly Try[] {
  return steps.flatMap(({ owner, suite }) =>
    owner?.type === 'try' && owner.body === suite ? owner : [],
  );
}

/**
 * What runs after the `yield` only when nothing was raised there, in order; nested statements are inside of these.
 * Nothing where a `with` is around the `yield`, or a loop: somebody else may clean up, and the order is not known.
 */
export function afterSuccess(
  subject: Subject,
  place: YieldPlace,
  functionId: string,
): readonly Statement[] {
  const found: Statement[] = [];
  for (const { suite, index, owner } of place.steps) {
    found.push(...suite.slice(index + 1));
    if (owner?.type === 'with' || owner?.type === 'for' || owner?.type === 'while') return [];
    if (owner?.type !== 'try' || owner.body !== suite) continue;
    found.push(...owner.orelse);
    // After a handler that goes on, what follows the `try` runs as well.
    if (owner.handlers.some((handler) => isSwallowing(subject, handler, functionId))) return found;
  }
  return found;
}

/** All that runs after the `yield` when nothing was raised: `finally` too. */
function afterYield({ steps }: YieldPlace): readonly Statement[] {
  return steps.flatMap(({ suite, index, owner }) => {
    const isTried = owner?.type === 'try' && owner.body === suite;
    return [...suite.slice(index + 1), ...(isTried ? [...owner.orelse, ...owner.finalbody] : [])];
  });
}

const RELEASES =
  /^(?:a?close(?:_all)?|shutdown|disconnect|release|clean_?up|dispose|remove|rmtree|unlink|quit|terminate|kill|logout)$/;
const RELEASING = /^(?:a?close|shutdown|disconnect|release|clean_?up|dispose|teardown)_[a-z]/;

/** What a call releases: `db` of `db.close()`, `path` of `os.remove(path)` or `close_file(path)`. */
export function releasedBy(subject: Subject, call: Call): string | undefined {
  const { callee, args } = call;
  const [first] = args;
  if (callee.type === 'name')
    return RELEASING.test(callee.id) && first ? subject.textOf(first.value) : undefined;
  if (callee.type !== 'attribute' || !RELEASES.test(callee.name)) return undefined;
  return subject.textOf(first && callee.object.type === 'name' ? first.value : callee.object);
}

/** The call after a `yield` that releases something, and that an exception there skips. */
export function skippedRelease(
  subject: Subject,
  place: YieldPlace,
  functionId: string,
): Call | undefined {
  const elsewhere = new Set(releasesOnTheWayOut(subject, place));
  return callsIn(afterSuccess(subject, place, functionId)).find((call) => {
    const released = releasedBy(subject, call);
    return released !== undefined && !elsewhere.has(released);
  });
}

/** What `finally` and `except` around a `yield` release. */
function releasesOnTheWayOut(subject: Subject, place: YieldPlace): readonly string[] {
  return triesAround(place)
    .flatMap(({ handlers, finalbody }) => [
      ...callsIn(finalbody),
      ...callsIn(handlers.flatMap(({ body }) => body)),
    ])
    .flatMap((call) => releasedBy(subject, call) ?? []);
}

/** Whether something closes what was opened also when an exception comes out of the `yield`. */
export function releasesOnError(subject: Subject, place: YieldPlace, functionId: string): boolean {
  const isEntered = place.steps.some(
    ({ owner, suite }) => owner?.type === 'with' && owner.body === suite,
  );
  const isReleased = isEntered || releasesOnTheWayOut(subject, place).length > 0;
  return isReleased && skippedRelease(subject, place, functionId) === undefined;
}

/** Exceptions that tell the generator itself, or a connection, to end: catching them is part of ending. */
const ENDINGS: ReadonlySet<string> = new Set([
  'builtins.GeneratorExit',
  'builtins.StopAsyncIteration',
  'builtins.StopIteration',
  'asyncio.CancelledError',
  'asyncio.exceptions.CancelledError',
  'fastapi.WebSocketDisconnect',
  'starlette.websockets.WebSocketDisconnect',
  'starlette.requests.ClientDisconnect',
]);

/** Whether a handler ends the exception: it raises nothing, and calls nothing that may. */
export function isSwallowing(
  subject: Subject,
  handler: ExceptHandler,
  functionId: string,
): boolean {
  const { body } = handler;
  const caught = classesCaught(handler);
  const isEnding = (one: Expression) => ENDINGS.has(subject.nameOf(one, functionId) ?? '');
  if (caught.length > 0 && caught.every(isEnding)) return false;
  if ([...ownStatements(body)].some(({ type }) => type === 'raise')) return false;
  const yields = [...ownStatements(body)].some((statement) =>
    expressionsIn(statement).some((whole) =>
      [...ownExpressions(whole)].some(({ type }) => type === 'yield'),
    ),
  );
  return !yields && callsIn(body).every((call) => isQuiet(subject, call, functionId));
}

const QUIET =
  /^(?:debug|info|warn|warning|error|exception|critical|log|print|rollback|abort|close|aclose|expunge_all|rollback_transaction|capture_exception|record_exception|set_status)$/;
const ENDS: ReadonlySet<string> = new Set([
  'sys.exit',
  'builtins.exit',
  'builtins.quit',
  'os._exit',
]);

/** A call that is not known to raise; one of which nothing is known must look like logging or a rollback. */
function isQuiet(subject: Subject, { callee }: Call, scope: string): boolean {
  const value = subject.meaningOf(callee, scope);
  if (value?.kind === 'external') return !ENDS.has(value.name);
  if (value?.kind === 'class') return true;
  if (value?.kind === 'function') {
    const node = functionOf(subject.db, value.id);
    return node !== undefined && isSilent(subject, value.id, node);
  }
  return callee.type === 'attribute' && QUIET.test(callee.name);
}

function isSilent(subject: Subject, id: string, { body, returns }: FunctionDef): boolean {
  const outer = outerScopeOf(id);
  const declared = returns && subject.nameOf(returns, outer);
  if (declared !== undefined && /\.(?:NoReturn|Never)$/.test(declared)) return false;
  return ![...ownStatements(body)].some(({ type }) => type === 'raise');
}

const SESSIONS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.Session',
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlalchemy.Connection',
  'sqlalchemy.ext.asyncio.AsyncConnection',
  'sqlmodel.Session',
  'sqlmodel.ext.asyncio.session.AsyncSession',
]);
const TRANSACTIONS =
  /^(?:sqlalchemy|sqlmodel)\..*(?:[Ss]ession|[Ss]essionmaker|Connection|Engine)\.begin$/;

/** Whether an expression is a session, or a connection, of a database. */
function isSession(subject: Subject, expression: Expression, scope: string): boolean {
  return isInstanceOf(subject.evaluator, subject.meaningOf(expression, scope), SESSIONS);
}

/** Commits that follow a `yield` of a dependency: calls, and `with session.begin()` around it, which commits at its end. */
export function commitsAfterYield(subject: Subject, id: string): readonly Expression[] {
  const node = functionOf(subject.db, id);
  if (node === undefined || node.decorators.length > 0) return [];
  return placesIn(node).flatMap((place) => {
    const calls = callsIn(afterYield(place)).filter(
      ({ callee }) =>
        callee.type === 'attribute' &&
        callee.name === 'commit' &&
        isSession(subject, callee.object, id),
    );
    const begun = place.steps.flatMap(({ owner }) =>
      owner?.type === 'with' ? owner.items.map(({ context }) => context) : [],
    );
    const transactions = begun.filter(
      (context) =>
        context.type === 'call' && TRANSACTIONS.test(subject.nameOf(context.callee, id) ?? ''),
    );
    return [...calls.slice(0, 1), ...transactions].slice(0, 1);
  });
}
