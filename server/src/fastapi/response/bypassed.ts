/** Successes that go past the response model of their route. */
import { nameOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import type { Call, Expression, Statement } from '../../syntax/nodes.ts';
import { writtenValue } from '../constants.ts';
import { modelsNamedIn } from '../declared-models.ts';
import { routesHandledBy } from '../handlers.ts';
import type { Returned } from '../returns.ts';
import type { Subject } from '../subject.ts';
import { declaredBy } from './answer-shape.ts';
import { statusArguments } from './misuse.ts';
import { statusOf } from './statuses.ts';

export interface Bypassed {
  readonly response: Call;
  /** The response model that is not asked. */
  readonly model: string;
  /** Headers, cookies or a task are the reason for the response. */
  readonly isOnPurpose: boolean;
  /** All that is sent is a word about how it went, written there: there is nothing that a model could keep back. */
  readonly isWord: boolean;
}

/** The `JSONResponse` that a route with a model of the project returns as a success. */
export function bypassedModel(subject: Subject, returned: Returned): Bypassed | undefined {
  const { expression, scope, statements } = returned;
  const response = jsonResponse(subject, expression, scope);
  if (response === undefined) return undefined;
  const [route, ...others] = routesHandledBy(subject, scope);
  if (route?.kind !== 'http' || others.length > 0) return undefined;
  const declared = declaredBy(route);
  const [model] = declared ? modelsNamedIn(subject, declared.expression, route.scope) : [];
  if (model === undefined) return undefined;
  if (!isSuccess(subject, response, scope) || isHandling(statements, response)) return undefined;
  const isOnPurpose =
    response.args.some(({ name }) => /^(?:headers|background|media_type)$/.test(name ?? '')) ||
    (expression.type === 'name' && isChanged(subject, expression.id, scope));
  return { response, model: nameOf(model), isOnPurpose, isWord: isWord(response) };
}

const WORDS = /^(?:success|ok|status|result|message|msg)$/i;

/** `{"success": True, "message": "Deleted " + name}`. */
function isWord(response: Call): boolean {
  const content = statusArguments('starlette.responses.JSONResponse', response)?.content;
  if (content?.type !== 'dict') return false;
  const keys = content.entries.map(({ key }) => (key?.type === 'string' ? key.value : ''));
  return keys.some((key) => WORDS.test(key)) && content.entries.every(({ value }) => isText(value));
}

function isText(value: Expression): boolean {
  if (value.type === 'binary') return isText(value.left) || isText(value.right);
  return /^(?:string|fstring|number|true|false|none)$/.test(value.type);
}

function jsonResponse(subject: Subject, expression: Expression, scope: string): Call | undefined {
  const written = writtenValue(subject, expression, scope);
  if (written?.expression.type !== 'call' || written.scope !== scope) return undefined;
  const name = subject.nameOf(written.expression.callee, scope);
  return name === 'starlette.responses.JSONResponse' ? written.expression : undefined;
}

const PROBLEMS = /^(?:errors?|detail|exception|traceback)$/i;

/** No status, or one of success; and no body that says that something failed. */
function isSuccess(subject: Subject, response: Call, scope: string): boolean {
  const given = statusArguments('starlette.responses.JSONResponse', response);
  if (given === undefined) return false;
  const status = given.status === undefined ? 200 : statusOf(subject, given.status, scope);
  if (status === undefined || status < 200 || status > 299) return false;
  const { content } = given;
  return !(
    content?.type === 'dict' &&
    content.entries.some(({ key }) => key?.type === 'string' && PROBLEMS.test(key.value))
  );
}

/** Inside of an `except`: what is sent there is no success, whatever its status. */
function isHandling(statements: readonly Statement[], { start }: Call): boolean {
  return statements.some(
    (statement) =>
      statement.type === 'try' &&
      statement.handlers.some((handler) => handler.start <= start && start < handler.end),
  );
}

/** `response.set_cookie(...)`, `response.headers[...] = ...`: it is read more than once. */
function isChanged({ db, block }: Subject, name: string, scope: string): boolean {
  const reads = sitesOf(db, block).names.filter(
    (one) => one.scope === scope && one.node.id === name,
  );
  return reads.length > 1;
}
