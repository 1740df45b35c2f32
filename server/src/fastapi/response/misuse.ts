/** What calls that make an answer or an exception for the client are given. */
import { externalClassOf, type Value } from '../../python/values.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isNamedStatus } from './statuses.ts';

export interface StatusArguments {
  readonly status: Expression | undefined;
  /** The detail of an exception, the content of a response. */
  readonly content: Expression | undefined;
  readonly isException: boolean;
}

const EXCEPTIONS: ReadonlySet<string> = new Set([
  'fastapi.HTTPException',
  'starlette.exceptions.HTTPException',
]);
const RESPONSES: ReadonlySet<string> = new Set([
  'fastapi.Response',
  'starlette.responses.HTMLResponse',
  'starlette.responses.PlainTextResponse',
]);
const JSON_RESPONSE = 'starlette.responses.JSONResponse';

/** The status and the body that a call gives; nothing for a call of anything else, and for `*args`. */
export function statusArguments(name: string, call: Call): StatusArguments | undefined {
  const isException = EXCEPTIONS.has(name);
  const isJson = name === JSON_RESPONSE;
  if (!isException && !isJson && !RESPONSES.has(name)) return undefined;
  if (call.args.some(({ star }) => star !== undefined)) return undefined;
  const [first, second] = call.args.filter((one) => one.name === undefined);
  const status = argumentOf(call, 'status_code') ?? (isException ? first : second)?.value;
  const content = isException
    ? (argumentOf(call, 'detail') ?? second?.value)
    : (argumentOf(call, 'content') ?? first?.value);
  return { status, content: isException || isJson ? content : undefined, isException };
}

export interface StatusMistake {
  /** `text`: a number in quotes. `swapped`: the status stands where the text belongs. `words`: there is no status. */
  readonly kind: 'text' | 'swapped' | 'words';
  /** The text that stands where the status belongs. */
  readonly text: Expression;
  /** What is the status, as it should be written. */
  readonly status: string | undefined;
  readonly other: Expression | undefined;
}

/** What is wrong with a status that is a text. */
export function statusMistake(
  subject: Subject,
  { status, content }: StatusArguments,
  scope: string,
): StatusMistake | undefined {
  if (status?.type !== 'string' && status?.type !== 'fstring') return undefined;
  const number = quotedStatus(status);
  if (number !== undefined) return { kind: 'text', text: status, status: number, other: undefined };
  const isStatus =
    content?.type === 'number' || (content && isNamedStatus(subject, content, scope));
  return content && isStatus
    ? { kind: 'swapped', text: status, status: subject.textOf(content), other: content }
    : { kind: 'words', text: status, status: undefined, other: undefined };
}

/** `404` of `"404"`. */
export function quotedStatus(expression: Expression): string | undefined {
  return expression.type === 'string' && /^\d{3}$/.test(expression.value)
    ? expression.value
    : undefined;
}

/** An exception object in what is to be sent: itself, or in a dict or list. */
export function exceptionIn(
  subject: Subject,
  expression: Expression,
  scope: string,
): Expression | undefined {
  switch (expression.type) {
    case 'dict':
      return firstOf(expression.entries.map(({ value }) => value));
    case 'list':
    case 'tuple':
      return firstOf(expression.elements);
    case 'name':
      return isCaught(subject, expression.id, scope) ? expression : undefined;
    case 'call':
      return isBuiltinException(subject.meaningOf(expression, scope)) ? expression : undefined;
    default:
      return undefined;
  }
  function firstOf(expressions: readonly Expression[]): Expression | undefined {
    for (const one of expressions) {
      const found = exceptionIn(subject, one, scope);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/** What `except … as name` binds, wherever the name is bound. */
export function isCaught(subject: Subject, name: string, scope: string): boolean {
  const traced = subject.evaluator.trace(name, scope);
  return (
    traced?.kind === 'bindings' && traced.bindings.every((binding) => binding.kind === 'exception')
  );
}

function isBuiltinException(value: Value | undefined): boolean {
  return /^builtins\.\w*(?:Error|Exception)$/.test(externalClassOf(value) ?? '');
}
