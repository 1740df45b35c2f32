/** Exceptions for the client that a broad `except` around them turns into something else. */
import { TRANSPARENT_DECORATORS } from '../knowledge/callables.ts';
import { BROAD_EXCEPTIONS } from '../knowledge/exceptions.ts';
import { ALL_SESSIONS } from '../knowledge/relationships.ts';
import { blockOf, functionOf, outerScopeOf } from '../python/definitions.ts';
import { createEvaluator, type Evaluator } from '../python/evaluate.ts';
import { functionSignature } from '../python/signatures.ts';
import type { FunctionSite } from '../python/sites.ts';
import { type ClassRef, instanceOf, type Value } from '../python/values.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Call, ExceptHandler, Expression, Raise, Statement, Try } from '../syntax/nodes.ts';
import { headOf } from '../syntax/parts.ts';
import { blockSource } from '../syntax/source.ts';
import {
  expressionsIn,
  operandsOf,
  ownExpressions,
  ownStatements,
  suitesOf,
} from '../syntax/walk.ts';
import { isBelow, isHttpException, isInstanceOf, isResponse } from './classes.ts';
import { classesCaught } from './excepts.ts';
import { argumentOf } from './routes.ts';

/** An exception for the client that leaves a function. Plain data, so that other files may depend on it. */
export interface RaisedForClient {
  /** As it is written where it is raised: `HTTPException(404)`. */
  readonly text: string;
  /** The literal status, where there is one. */
  readonly status: string | null;
  /** The class, by its id or public name. */
  readonly class: string;
  readonly isFastApi: boolean;
  readonly at: { readonly start: number; readonly end: number; readonly block: string };
}

export interface Masked {
  readonly raised: RaisedForClient;
  /** Where it passes, in the function itself: its `raise`, or a call. */
  readonly at: { readonly start: number; readonly end: number };
  /** The call that raises it, when it is not raised here. */
  readonly through: Call | undefined;
  readonly handler: ExceptHandler;
}

/** How many calls deep an exception is looked for. */
const LEVELS = 3;

/** By `level:function id`: the first exception for the client that leaves a function of the project. */
const raisedByCall = defineQuery<RaisedForClient | null>('raised for the client', (db, key) => {
  const colon = key.indexOf(':');
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  if (node === undefined) return null;
  const leaving = walker(db, id, Number(key.slice(0, colon))).leaving(node.body);
  // That something failed is what the caller's own `except` says, too.
  return leaving.find(({ raised }) => !raised.status?.startsWith('5'))?.raised ?? null;
});

/** What each `try` of a function masks: every `raise`, or, where there is none, the first call that raises. */
export function maskedIn(db: Reader, { node, id }: FunctionSite): readonly Masked[] {
  // Most functions have no `try`, or catch what they know: nothing of them need be followed.
  const evaluator = createEvaluator(db);
  const mayMask = (one: Statement) =>
    one.type === 'try' && one.handlers.some((handler) => isBroad(evaluator, handler, id));
  if (![...ownStatements(node.body)].some(mayMask)) return [];
  const walk = walker(db, id, LEVELS);
  walk.leaving(node.body);
  return walk.masked;
}

/** The exceptions for the client that leave a function, raised in it or by what it calls. */
export function leavingForClient(db: Reader, { node, id }: FunctionSite): readonly Escape[] {
  return walker(db, id, LEVELS).leaving(node.body);
}

/** `except Exception`, `except (Exception, …)`, a bare `except`: what catches a client's exception unawares. */
function isBroad(evaluator: Evaluator, handler: ExceptHandler, scope: string): boolean {
  if (handler.exception === undefined) return true;
  const names = classesCaught(handler).map(
    (one) => classNameOf(evaluator.meaningOf(one, scope)) ?? '',
  );
  return (
    names.some((one) => BROAD_EXCEPTIONS.has(one)) &&
    !names.some((one) => /HTTPException$/.test(one))
  );
}

export interface Escape {
  readonly raised: RaisedForClient;
  readonly at: { readonly start: number; readonly end: number };
  readonly through: Call | undefined;
}

function walker(db: Reader, id: string, level: number) {
  const evaluator = createEvaluator(db);
  const block = blockOf(id);
  const masked: Masked[] = [];

  function leaving(body: readonly Statement[]): Escape[] {
    return body.flatMap((statement): Escape[] => {
      if (statement.type === 'function' || statement.type === 'class') return [];
      if (statement.type === 'try') return leavingTry(statement);
      const own = statement.type === 'raise' ? raisedBy(statement) : undefined;
      const called = expressionsIn(statement).flatMap(calledIn);
      const inside = suitesOf(statement).flatMap(leaving);
      return [...called, ...(own ? [own] : []), ...inside];
    });
  }

  function leavingTry(statement: Try): Escape[] {
    const { body, handlers, orelse, finalbody } = statement;
    const caught = leaving(body);
    const passed: Escape[] = [];
    const here: Masked[] = [];
    for (const escaped of caught) {
      const handler = handlers.find((one) => catches(one, escaped) !== false);
      if (handler === undefined || (catches(handler, escaped) === true && passesOn(handler)))
        passed.push(escaped);
      else if (isMasking(handler, escaped)) here.push({ ...escaped, handler });
    }
    const direct = here.filter(({ through }) => through === undefined);
    masked.push(...(direct.length > 0 ? direct : here.slice(0, 1)));
    return [...passed, ...[...handlers.map((one) => one.body), orelse, finalbody].flatMap(leaving)];
  }

  /** Whether a handler catches an exception; `undefined` when it can't be told. */
  function catches(handler: ExceptHandler, { raised }: Escape): boolean | undefined {
    if (handler.exception === undefined) return true;
    const answers = classesCaught(handler).map((one) => {
      const value = evaluator.meaningOf(one, id);
      const name = classNameOf(value);
      if (name === undefined) return undefined;
      return BROAD_EXCEPTIONS.has(name) || lineageOf(raised.class).includes(name);
    });
    if (answers.includes(true)) return true;
    return answers.includes(undefined) ? undefined : false;
  }

  function lineageOf(name: string): string[] {
    const ref: ClassRef = name.includes('#')
      ? { kind: 'project', id: name }
      : { kind: 'external', name };
    return evaluator.lineage(ref).map((one) => (one.kind === 'external' ? one.name : one.id));
  }

  /** It raises again what it caught, at least sometimes, or looks at what it is. */
  function passesOn({ name, body }: ExceptHandler): boolean {
    return [...ownStatements(body)].some((statement) => {
      if (statement.type !== 'raise') return false;
      const { exception } = statement;
      return exception === undefined || (exception.type === 'name' && exception.id === name);
    });
  }

  function isMasking(handler: ExceptHandler, escaped: Escape): boolean {
    const { name, body } = handler;
    if (catches(handler, escaped) !== true || !isBroad(evaluator, handler, id)) return false;
    if (escaped.through !== undefined && isGivenNothing(escaped.through)) return false;
    const statements = [...ownStatements(body)];
    if (name !== undefined && statements.some((one) => asksFor(one, name))) return false;
    return statements.some((statement) => isOtherAnswer(statement, handler, escaped));
  }

  /** Nothing of the request: that such a step finds nothing is a failure of the server, whatever its exception says. */
  function isGivenNothing({ callee, args }: Call): boolean {
    return (
      callee.type === 'name' &&
      args.every(
        ({ value }) =>
          LITERALS.has(value.type) ||
          isInstanceOf(evaluator, evaluator.meaningOf(value, id), ALL_SESSIONS),
      )
    );
  }

  /** A new exception, or an answer: what the client gets in place of the one that was raised. */
  function isOtherAnswer(statement: Statement, { name }: ExceptHandler, escaped: Escape): boolean {
    if (statement.type === 'raise') {
      const { exception } = statement;
      const value = exception && evaluator.meaningOf(exception, id);
      const other = value && classNameOf(value);
      if (exception === undefined || other === undefined) return false;
      if (!isHttpException(evaluator, madeOf(value))) {
        // An exception with a name of its own for whatever fails in a call: that code speaks to no client.
        if (escaped.through !== undefined) return other.startsWith('builtins.');
        return !(other.includes('#') && handsOn(exception, name));
      }
      // The same again: nothing that was said is lost but words.
      const { raised } = escaped;
      const status = statusOf(exception);
      const isSame = status === null ? textOf(exception) === raised.text : status === raised.status;
      return !isSame && !(other === raised.class && other.includes('#'));
    }
    if (statement.type !== 'return' || statement.value === undefined) return false;
    const value = evaluator.meaningOf(statement.value, id);
    const isDirect = escaped.through === undefined;
    if (!isResponse(evaluator, value)) return isDirect && isWrittenAnswer(statement.value);
    // A redirect for whatever goes wrong is meant.
    return isDirect || classNameOf(value) !== 'starlette.responses.RedirectResponse';
  }

  /** The exception itself is given to one of the project, that may know what to do with it. */
  function handsOn(exception: Expression, name: string | undefined): boolean {
    return (
      exception.type === 'call' &&
      exception.args.some(({ value }) => value.type === 'name' && value.id === name)
    );
  }

  /** `isinstance(error, …)`, `error.status_code`, `handle(error)`: it may well let it through. */
  function asksFor(statement: Statement, name: string): boolean {
    const isIt = (one: Expression) => one.type === 'name' && one.id === name;
    return expressionsIn(statement).some((whole) =>
      [...ownExpressions(whole)].some((part) => {
        if (part.type === 'attribute')
          return isIt(part.object) && /^(?:status_code|detail)$/.test(part.name);
        if (part.type !== 'call' || !part.args.some(({ value }) => isIt(value))) return false;
        const callee = evaluator.meaningOf(part.callee, id);
        if (callee?.kind === 'function') return true;
        return callee?.kind === 'external' && ASKING.has(callee.name);
      }),
    );
  }

  function raisedBy({ exception, start, end }: Raise): Escape | undefined {
    const value = exception && evaluator.meaningOf(exception, id);
    const instance = madeOf(value);
    if (exception === undefined || !isHttpException(evaluator, instance)) return undefined;
    const name = classNameOf(value);
    if (name === undefined) return undefined;
    const at = { start, end };
    return {
      raised: {
        text: textOf(exception),
        status: statusOf(exception),
        class: name,
        isFastApi: instance?.kind === 'instance' && isBelow(evaluator, instance.class, FASTAPI),
        at: { ...at, block },
      },
      at,
      through: undefined,
    };
  }

  /** Calls of project functions that raise, as they stand in an expression. */
  function calledIn(expression: Expression): Escape[] {
    if (level === 0 || expression.type === 'lambda') return [];
    const awaited = expression.type === 'await';
    const call = awaited ? expression.value : expression;
    const inside = operandsOf(call).flatMap(calledIn);
    if (call.type !== 'call') return inside;
    const callee = evaluator.meaningOf(call.callee, id);
    if (callee?.kind !== 'function' || !isPlain(callee.id, awaited)) return inside;
    // Further down, what it says is nothing that the client asked for.
    if (level < LEVELS && isGivenNothing(call)) return inside;
    const raised = db.get(raisedByCall, `${level - 1}:${callee.id}`);
    if (raised === null) return inside;
    return [...inside, { raised, at: { start: call.start, end: call.end }, through: call }];
  }

  /** Its body runs where it is called. */
  function isPlain(functionId: string, awaited: boolean): boolean {
    const signature = db.get(functionSignature, functionId);
    if (signature === null || signature.isAsync !== awaited || signature.isGenerator) return false;
    const outer = outerScopeOf(functionId);
    return signature.decorators.every((decorator) => {
      const value = evaluator.meaningOf(headOf(decorator), outer);
      return value?.kind === 'external' && TRANSPARENT_DECORATORS.has(value.name);
    });
  }

  function textOf(exception: Expression): string {
    const { text } = db.get(blockSource, block);
    if (exception.type !== 'call') return text.slice(exception.start, exception.end);
    const callee = text.slice(exception.callee.start, exception.callee.end);
    return `${callee}(${statusOf(exception) ?? (exception.args.length > 0 ? '...' : '')})`;
  }

  return { leaving, masked };
}

const LITERALS: ReadonlySet<string> = new Set(['string', 'number', 'true', 'false', 'none']);
const FASTAPI: ReadonlySet<string> = new Set(['fastapi.HTTPException']);
const ASKING: ReadonlySet<string> = new Set([
  'builtins.isinstance',
  'builtins.issubclass',
  'builtins.type',
  'builtins.getattr',
  'builtins.hasattr',
]);

/** `raise HTTPException` makes one too. */
function madeOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'class' || value?.kind === 'external' ? instanceOf(value) : value;
}

function classNameOf(value: Value | undefined): string | undefined {
  const made = madeOf(value);
  if (made?.kind !== 'instance') return undefined;
  return made.class.kind === 'external' ? made.class.name : made.class.id;
}

/** `404` of `HTTPException(404)`, `HTTPException(status_code=404)`, `HTTPException(status.HTTP_404_NOT_FOUND)`. */
function statusOf(exception: Expression): string | null {
  if (exception.type !== 'call') return null;
  const [first] = exception.args;
  const given =
    argumentOf(exception, 'status_code') ?? (first?.name === undefined ? first?.value : undefined);
  if (given?.type === 'number') return given.text;
  return (given?.type === 'attribute' && /_(\d{3})_/.exec(given.name)?.[1]) || null;
}

/** What is plainly an answer: a dict, a list, a text. */
function isWrittenAnswer(value: Expression): boolean {
  return ['dict', 'list', 'tuple', 'string', 'fstring'].includes(value.type);
}
