/** Sessions of a database that a function opens, and what becomes of them. */
import type { ClassRef } from '../../python/values.ts';
import type { Call, Expression, FunctionDef } from '../../syntax/nodes.ts';
import { expressionsIn, operandsOf, ownExpressions, ownStatements } from '../../syntax/walk.ts';
import { isInstanceOf } from '../classes.ts';
import type { Subject } from '../subject.ts';

export interface LeakedSession {
  /** The call that opens it. */
  readonly made: Call;
  readonly isAsync: boolean;
  readonly isYielded: boolean;
}

const SESSIONS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.Session',
  'sqlmodel.Session',
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlmodel.ext.asyncio.session.AsyncSession',
]);
const ASYNC: ReadonlySet<string> = new Set([
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlmodel.ext.asyncio.session.AsyncSession',
]);

/** A session that a function opens and hands out, and does nothing else with: nothing that could close it. */
export function leakedSession(
  subject: Subject,
  id: string,
  { body, decorators }: FunctionDef,
): LeakedSession | undefined {
  if (decorators.length > 0) return undefined;
  const handed = [...ownStatements(body)].flatMap((statement) => {
    if (statement.type === 'return')
      return statement.value ? { value: statement.value, isYielded: false } : [];
    if (statement.type !== 'expression' || statement.value.type !== 'yield') return [];
    const { value } = statement.value;
    return value ? { value, isYielded: true } : [];
  });
  const [only] = handed;
  if (only === undefined || handed.length > 1) return undefined;
  const made = only.value.type === 'name' ? openedAs(body, only.value.id) : only.value;
  if (made?.type !== 'call' || !isOpening(subject, made, id)) return undefined;
  if (only.value.type === 'name' && !isLeftAlone(body, only.value.id)) return undefined;
  const value = subject.meaningOf(made, id);
  return {
    made,
    isAsync: isInstanceOf(subject.evaluator, value, ASYNC),
    isYielded: only.isYielded,
  };
}

/** A class of sessions is called, or what makes them; a function may keep what it gives. */
function isOpening(subject: Subject, made: Call, id: string): boolean {
  if (!isInstanceOf(subject.evaluator, subject.meaningOf(made, id), SESSIONS)) return false;
  const callee = subject.meaningOf(made.callee, id);
  if (callee?.kind === 'external') return SESSIONS.has(callee.name);
  // What a scoped session gives is the thread's own: it is closed elsewhere.
  if (callee?.kind !== 'instance') return callee?.kind === 'class';
  return callee.made !== undefined && !/scoped_session$/.test(classNameOf(callee.class));
}

function classNameOf(ref: ClassRef): string {
  return ref.kind === 'external' ? ref.name : '';
}

/** What the one assignment to a name assigns. */
function openedAs(body: FunctionDef['body'], name: string): Expression | undefined {
  const assigned = [...ownStatements(body)].flatMap((statement) =>
    statement.type === 'assign' &&
    statement.targets.some((one) => one.type === 'name' && one.id === name)
      ? (statement.value ?? [])
      : [],
  );
  return assigned.length === 1 ? assigned[0] : undefined;
}

const CLOSING = /^(?:a?close|close_all|remove|invalidate|__a?exit__|begin)$/;

/** Nothing closes it, enters it, or is given it. */
function isLeftAlone(body: FunctionDef['body'], name: string): boolean {
  const isIt = (one: Expression | undefined) => one?.type === 'name' && one.id === name;
  for (const statement of ownStatements(body)) {
    if (statement.type === 'function' || statement.type === 'class') return false;
    if (statement.type === 'with' && statement.items.some(({ context }) => isIt(context)))
      return false;
    if (statement.type === 'assign' && isIt(statement.value)) return false;
    for (const whole of expressionsIn(statement))
      for (const part of ownExpressions(whole)) {
        if (part.type === 'attribute' && isIt(part.object) && CLOSING.test(part.name)) return false;
        const takes = part.type !== 'attribute' && part.type !== 'yield';
        if (takes && part.type !== 'name' && operandsOf(part).some(isIt)) return false;
      }
  }
  return true;
}
