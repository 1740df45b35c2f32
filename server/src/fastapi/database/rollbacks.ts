/** Errors of a database that are caught, and the session left as it is. */
import { DATABASE_ERRORS } from '../../knowledge/exceptions.ts';
import { ALL_SESSIONS } from '../../knowledge/relationships.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import type { Call, ExceptHandler, Try } from '../../syntax/nodes.ts';
import { callsIn } from '../../syntax/parts.ts';
import type { NamedCall } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import { catchesAnything, classesCaught } from '../excepts.ts';
import type { Subject } from '../subject.ts';
import { isBoundIn } from './bound.ts';
import { leaves } from './suites.ts';

const FLUSHES = /\.(?:commit|flush)$/;

export interface Unrolled {
  readonly session: string;
  readonly handler: ExceptHandler;
}

/** The handler around a commit that goes on with a session that only a rollback makes usable again. */
export function unrolledBack(subject: Subject, call: NamedCall): Unrolled | undefined {
  const { callee } = call.node;
  if (!FLUSHES.test(call.name) || callee.type !== 'attribute') return undefined;
  const owner = subject.meaningOf(callee.object, call.scope);
  if (!isInstanceOf(subject.evaluator, owner, ALL_SESSIONS)) return undefined;
  const around = tryAround(call);
  if (around === undefined) return undefined;
  const catching = around.handlers.find((one) => catches(subject, one, call.scope));
  if (catching === undefined || leaves(catching.body)) return undefined;
  const session = subject.textOf(callee.object);
  const after = [...catching.body, ...around.finalbody];
  if (callsIn(after).some((one) => mayRollBack(subject, one, session))) return undefined;
  // A session, or a transaction, of the `try` alone is over with it.
  const isOwn = around.body.some((one) => one.type === 'with' && one.end >= call.node.end);
  if (isOwn || !isUsedAfter(subject, call, around, session)) return undefined;
  return { session, handler: catching };
}

/** After the `try`, or in the next turn of the loop around it; a function that ends there leaves it to who closes the session. */
function isUsedAfter(
  subject: Subject,
  { statements, scope }: CallSite,
  tried: Try,
  session: string,
) {
  const outside = statements.slice(0, statements.indexOf(tried));
  const loop = outside.find(({ type }) => type === 'for' || type === 'while');
  const [root = ''] = session.split('.');
  // A session that is opened anew each time starts clean.
  if (isBoundIn(subject, root, scope, loop ?? tried)) return false;
  if (loop !== undefined) return true;
  return sitesOf(subject.db, subject.block).calls.some(
    ({ node: { callee, start }, scope: own }) =>
      own === scope &&
      start > tried.end &&
      callee.type === 'attribute' &&
      subject.textOf(callee.object) === session &&
      !/^(?:a?close|rollback|remove)$/.test(callee.name),
  );
}

/** The innermost `try` with the call in its own body. */
function tryAround({ statements }: CallSite): Try | undefined {
  const index = statements.findLastIndex(
    (one, at) =>
      one.type === 'try' && statements[at + 1] && one.body.includes(statements[at + 1] ?? one),
  );
  const found = statements[index];
  return found?.type === 'try' ? found : undefined;
}

function catches(subject: Subject, handler: ExceptHandler, scope: string): boolean {
  if (catchesAnything(subject, handler, scope)) return true;
  return classesCaught(handler).some((one) =>
    DATABASE_ERRORS.has(subject.nameOf(one, scope) ?? ''),
  );
}

/** `db.rollback()`, `db.close()`; anything that is given the session; anything unknown by a telling name. */
function mayRollBack(subject: Subject, { callee, args }: Call, session: string): boolean {
  if (args.some(({ value }) => subject.textOf(value) === session)) return true;
  if (callee.type === 'name') return /rollback|close|reset|abort/i.test(callee.id);
  return callee.type === 'attribute' && /rollback|close|reset|abort|invalidate/i.test(callee.name);
}
