/** What an answer tells the client of an exception that nobody expected. */
import { BROAD_EXCEPTIONS, DATABASE_ERRORS } from '../../knowledge/exceptions.ts';
import { returnsIn } from '../../python/signatures.ts';
import type { FunctionSite } from '../../python/sites.ts';
import { instanceOf } from '../../python/values.ts';
import type { Call, ExceptHandler, Expression, Span, Statement } from '../../syntax/nodes.ts';
import {
  expressionsIn,
  operandsOf,
  ownExpressions,
  ownStatements,
  suitesOf,
} from '../../syntax/walk.ts';
import { isHttpException } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { catchesAnything, classesCaught } from '../excepts.ts';
import { isHandler } from '../handlers.ts';
import { handledBy } from '../handling.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

export interface Leak {
  /** Where it is sent: a call that makes the answer, or the value itself. */
  readonly at: Span;
  /** What tells: `str(error)`. */
  readonly part: Expression;
  readonly to: 'detail' | 'body';
  /** Of whatever may be caught, or of a database, whose errors hold the statement and its values. */
  readonly of: Caught;
}

type Caught = 'any' | 'database';

/** What the broad `except`s of a function, or the function as a handler of every exception, send to the client. */
export function leaksOf(subject: Subject, site: FunctionSite): readonly Leak[] {
  const { node, id } = site;
  const found: Leak[] = [];
  const caught = caughtByDecorator(subject, site);
  // Most functions have no `try`: nothing of them need be followed.
  const hasTry = [...ownStatements(node.body)].some(({ type }) => type === 'try');
  if (caught === undefined && !hasTry) return found;
  const sent = isHandler(subject, id) ? namesReturned(node.body) : undefined;
  if (caught !== undefined) visit(node.body, caught, 'any');
  else
    for (const statement of ownStatements(node.body))
      if (statement.type === 'try')
        for (const handler of statement.handlers) {
          const of = caughtBy(subject, handler, id);
          if (of === 'any' || (of !== undefined && !isRebound(handler)))
            visit(handler.body, handler.name, of);
        }
  return found.filter(
    ({ at }, index) => found.findIndex((one) => one.at.start === at.start) === index,
  );

  function visit(body: readonly Statement[], name: string | undefined, of: Caught): void {
    for (const statement of body) {
      if (statement.type === 'function' || statement.type === 'class') continue;
      if (statement.type === 'if') {
        // Looked at first, or for developers only.
        for (const branch of statement.branches)
          if (!mentions(branch.condition, name) && !isForDevelopers(subject, branch.condition))
            visit(branch.body, name, of);
        if (!statement.branches.some(({ condition }) => mentions(condition, name)))
          visit(statement.orelse, name, of);
        continue;
      }
      for (const whole of expressionsIn(statement))
        for (const part of ownExpressions(whole))
          if (part.type === 'call') visitCall(part, name, of);
      const value = sent && sentBy(statement, sent);
      const part = value && tellingIn(subject, value, id, name);
      if (value && part) found.push({ at: value, part, to: 'body', of });
      // A `try` inside has exceptions of its own, and may be as broad.
      for (const suite of statement.type === 'try' ? [statement.body] : suitesOf(statement))
        visit(suite, name, of);
    }
  }

  function visitCall(call: Call, name: string | undefined, of: Caught): void {
    const callee = subject.meaningOf(call.callee, id);
    const made = callee && instanceOf(callee);
    const isDetail = isHttpException(subject.evaluator, made);
    const isBody = callee?.kind === 'external' && BODIES.has(callee.name);
    if ((!isDetail && !isBody) || call.args.some(({ value }) => isStatusOf(value, name))) return;
    const [first, second] = call.args.filter((one) => one.name === undefined && !one.star);
    const given = isBody
      ? [argumentOf(call, 'content') ?? first?.value]
      : callee?.kind === 'external'
        ? [argumentOf(call, 'detail') ?? second?.value]
        : call.args.map(({ value }) => value);
    for (const value of given) {
      const part = value && tellingIn(subject, value, id, name);
      if (part === undefined) continue;
      found.push({ at: call, part, to: isDetail ? 'detail' : 'body', of });
      return;
    }
  }
}

const BODIES: ReadonlySet<string> = new Set([
  'fastapi.Response',
  'starlette.responses.JSONResponse',
  'starlette.responses.HTMLResponse',
  'starlette.responses.PlainTextResponse',
]);

function caughtBy(subject: Subject, handler: ExceptHandler, scope: string): Caught | undefined {
  if (catchesAnything(subject, handler, scope)) return 'any';
  const names = classesCaught(handler).map((one) => subject.nameOf(one, scope) ?? '');
  return names.some((name) => DATABASE_ERRORS.has(name)) ? 'database' : undefined;
}

/** `error = error.__cause__`: what the driver says has no statement in it. */
function isRebound({ name, body }: ExceptHandler): boolean {
  return [...ownStatements(body)].some(
    (statement) =>
      statement.type === 'assign' &&
      statement.targets.some((target) => target.type === 'name' && target.id === name),
  );
}

/** The parameter of an `@app.exception_handler(Exception)` that is the exception. */
function caughtByDecorator(subject: Subject, { node, outer }: FunctionSite): string | undefined {
  const isForAll = node.decorators.some(
    (decorator) =>
      decorator.type === 'call' &&
      handledBy(decorator).some(
        (one) =>
          one !== undefined &&
          (BROAD_EXCEPTIONS.has(subject.nameOf(one, outer) ?? '') ||
            (one.type === 'number' && one.text === '500')),
      ),
  );
  return isForAll ? node.parameters[1]?.name : undefined;
}

/** Names that a path operation returns, alone. */
function namesReturned(body: readonly Statement[]): ReadonlySet<string> {
  return new Set(returnsIn(body).flatMap((one) => (one.type === 'name' ? one.id : [])));
}

/** What a statement of a path operation puts into its answer: what it returns, or a key of what it returns in the end. */
function sentBy(statement: Statement, returned: ReadonlySet<string>): Expression | undefined {
  if (statement.type === 'return') return statement.value;
  if (statement.type !== 'assign') return undefined;
  const [target] = statement.targets;
  return target?.type === 'subscript' && returned.has(rootOf(target)) ? statement.value : undefined;
}

function rootOf(expression: Expression): string {
  if (expression.type === 'name') return expression.id;
  return expression.type === 'subscript' ? rootOf(expression.object) : '';
}

/** The part of a value that tells what the exception says: `str(error)`, `{error}`, `traceback.format_exc()`. */
function tellingIn(
  subject: Subject,
  value: Expression,
  scope: string,
  name: string | undefined,
  hops = 1,
): Expression | undefined {
  const again = (one: Expression) => tellingIn(subject, one, scope, name, hops);
  const first = (parts: readonly Expression[]) => {
    for (const part of parts) {
      const found = again(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (value.type) {
    case 'dict':
      return first(value.entries.map((entry) => entry.value));
    case 'fstring': {
      const parts = operandsOf(value);
      return parts.find((part) => isCaught(part, name)) ?? first(parts);
    }
    case 'list':
    case 'tuple':
      return first(value.elements);
    case 'binary':
      return value.operator === '%' && isCaught(value.right, name)
        ? value.right
        : first([value.left, value.right]);
    case 'conditional':
      return isForDevelopers(subject, value.condition) || mentions(value.condition, name)
        ? undefined
        : first([value.body, value.orelse]);
    case 'boolean':
      return first([value.left, value.right]);
    case 'subscript':
      return again(value.object);
    case 'attribute':
      return value.name === 'args' && isCaught(value.object, name) ? value : undefined;
    case 'name': {
      if (hops === 0) return undefined;
      const written = writtenValue(subject, value, scope);
      if (written === undefined || written.scope !== scope || written.expression === value)
        return undefined;
      return tellingIn(subject, written.expression, scope, name, hops - 1);
    }
    case 'call':
      return isTelling(subject, value, scope, name) ? value : inFormat(value);
    default:
      return undefined;
  }

  /** `"failed: {}".format(error)` */
  function inFormat({ callee, args }: Call): Expression | undefined {
    if (callee.type !== 'attribute' || callee.name !== 'format') return undefined;
    const given = args.map((argument) => argument.value);
    return given.find((one) => isCaught(one, name)) ?? first(given);
  }
}

const TEXTS: ReadonlySet<string> = new Set(['builtins.str', 'builtins.repr', 'builtins.format']);

function isTelling(
  subject: Subject,
  { callee, args }: Call,
  scope: string,
  name: string | undefined,
): boolean {
  const called = subject.nameOf(callee, scope);
  if (called === undefined) return false;
  if (/^traceback\.format_(?:exc|exception)$/.test(called)) return true;
  const [only] = args;
  return TEXTS.has(called) && only !== undefined && isCaught(only.value, name);
}

function isCaught(expression: Expression, name: string | undefined): boolean {
  return expression.type === 'name' && expression.id === name;
}

/** `error.status_code`: it is known to have one, so it was made for the client. */
function isStatusOf(expression: Expression, name: string | undefined): boolean {
  return (
    expression.type === 'attribute' &&
    expression.name === 'status_code' &&
    isCaught(expression.object, name)
  );
}

function mentions(expression: Expression, name: string | undefined): boolean {
  return [...ownExpressions(expression)].some((part) => isCaught(part, name));
}

/** `settings.debug`, `ENV == "development"`. */
function isForDevelopers(subject: Subject, condition: Expression): boolean {
  return /debug|develop|\bdev\b|\benv|local|verbose/i.test(subject.textOf(condition));
}
