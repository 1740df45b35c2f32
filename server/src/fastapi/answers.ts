/** What a path operation answers with, as far as its own source says. */
import { nameOf } from '../python/definitions.ts';
import { functionSignature, returnsIn } from '../python/signatures.ts';
import type { Value } from '../python/values.ts';
import type { Expression } from '../syntax/nodes.ts';
import { isHttpException, isModel, isOrmObject, isResponse, isResponseClass } from './classes.ts';
import { argumentOf, type Route } from './routes.ts';
import type { Subject } from './subject.ts';

export interface Answer {
  /** A response model, a return annotation, or a word that there is none on purpose. */
  readonly isDeclared: boolean;
  /** Whether JSON is sent: `seen` in the source, `likely` where a returned value is not known, `none` otherwise. */
  readonly certainty: 'seen' | 'likely' | 'none';
  /** What stands in a dict or a list that is returned, when it is an object of the database or a model. */
  readonly holds: string | undefined;
}

/** `undefined` for what answers with no JSON body: websockets, redirects, other response classes, hidden routes. */
export function answerOf(subject: Subject, route: Route): Answer | undefined {
  const { decorator, handler } = route;
  if (route.kind !== 'http' || isHidden(route) || !hasBody(subject, route)) return undefined;
  const model = argumentOf(decorator, 'response_model');
  const isDeclared =
    model !== undefined || handler.returns !== undefined || hasUnread(decorator.args);
  const signature = subject.db.get(functionSignature, route.handlerId);
  if (signature?.isGenerator) return undefined;
  const returned = returnsIn(handler.body).filter((expression) => expression.type !== 'none');
  const kinds = returned.map((expression) => kindOf(subject, route, expression));
  const certainty = kinds.includes('response')
    ? 'none'
    : kinds.includes('json')
      ? 'seen'
      : kinds.includes('unknown')
        ? 'likely'
        : 'none';
  const holds = returned
    .map((one) => heldIn(subject, route, one))
    .find((held) => held !== undefined);
  return { isDeclared, certainty, holds };
}

/** Whether a path operation sends a JSON body, as far as its decorator says. */
export function hasBody(subject: Subject, route: Route): boolean {
  if (!sendsJson(subject, route)) return false;
  if (route.methods.length > 0 && route.methods.every((method) => NO_BODY.has(method)))
    return false;
  const status = argumentOf(route.decorator, 'status_code');
  return status === undefined || !hasNoBody(subject, status, route.scope);
}

const NO_BODY: ReadonlySet<string> = new Set(['HEAD', 'OPTIONS']);

function isHidden(route: Route): boolean {
  return argumentOf(route.decorator, 'include_in_schema')?.type === 'false';
}

/** `@app.get("/", **options)`: what it declares can't be seen. */
function hasUnread(args: readonly { readonly star?: string }[]): boolean {
  return args.some((argument) => argument.star === '**');
}

const JSON_RESPONSES = /(?:^|\.)(?:JSONResponse|ORJSONResponse|UJSONResponse)$/;

function sendsJson(subject: Subject, route: Route): boolean {
  const response = argumentOf(route.decorator, 'response_class');
  if (response === undefined) return true;
  const name = subject.nameOf(response, route.scope);
  return name !== undefined && JSON_RESPONSES.test(name);
}

const NO_CONTENT = /(?:204|205|304|30[12378])/;

function hasNoBody(subject: Subject, status: Expression, scope: string): boolean {
  const name =
    status.type === 'number'
      ? status.text
      : (subject.nameOf(status, scope) ?? subject.textOf(status));
  return (
    NO_CONTENT.test(name) || /NO_CONTENT|NOT_MODIFIED|REDIRECT|FOUND|SEE_OTHER|MOVED/.test(name)
  );
}

type Kind = 'json' | 'response' | 'scalar' | 'unknown';

function kindOf(subject: Subject, route: Route, expression: Expression): Kind {
  switch (expression.type) {
    case 'string':
    case 'number':
    case 'true':
    case 'false':
      return 'scalar';
    case 'dict': {
      const isConstant = expression.entries.every(({ value }) => isScalar(value));
      // Nothing that could leak or change shape.
      return isConstant || isHealthCheck(route) ? 'scalar' : 'json';
    }
    case 'list':
    case 'set':
    case 'comprehension':
    case 'fstring':
      return 'json';
    case 'await':
      return kindOfValue(subject, subject.meaningOf(expression, route.handlerId));
    case 'conditional': {
      const kinds = [expression.body, expression.orelse].map((one) => kindOf(subject, route, one));
      return kinds.includes('response') ? 'response' : (kinds[0] ?? 'unknown');
    }
    case 'call':
      if (looksLikeResponse(subject, expression.callee, route)) return 'response';
      return kindOfValue(subject, subject.meaningOf(expression, route.handlerId));
    default:
      return kindOfValue(subject, subject.meaningOf(expression, route.handlerId));
  }
}

function isScalar(expression: Expression): boolean {
  return ['string', 'number', 'true', 'false', 'none'].includes(expression.type);
}

/** By what such routes are called everywhere. */
function isHealthCheck(route: Route): boolean {
  const words = `${route.path ?? ''} ${route.handler.name}`;
  return /health|ping|\blive|ready|readiness|liveness|heartbeat|status|alive|version/i.test(words);
}

function looksLikeResponse(subject: Subject, callee: Expression, route: Route): boolean {
  if (isResponseClass(subject.evaluator, subject.meaningOf(callee, route.handlerId))) return true;
  const name = callee.type === 'attribute' ? callee.name : callee.type === 'name' ? callee.id : '';
  return /Response$|_response$|^redirect/.test(name);
}

function kindOfValue(subject: Subject, value: Value | undefined): Kind {
  if (value === undefined) return 'unknown';
  if (isResponse(subject.evaluator, value)) return 'response';
  // A returned exception is a mistake with a rule of its own.
  if (isHttpException(subject.evaluator, value)) return 'scalar';
  if (value.kind === 'instance')
    return value.class.kind === 'external' && !/^builtins\.|^pydantic/.test(value.class.name)
      ? 'unknown'
      : 'json';
  return value.kind === 'none' ? 'scalar' : 'unknown';
}

/** What a returned dict or list holds that is no plain data. */
function heldIn(subject: Subject, route: Route, expression: Expression): string | undefined {
  const name = (value: Value | undefined): string | undefined => {
    const { evaluator } = subject;
    if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
    if (!isOrmObject(evaluator, value) && !isModel(evaluator, value)) return undefined;
    return `\`${nameOf(value.class.id)}\``;
  };
  const values =
    expression.type === 'dict'
      ? expression.entries.map((entry) => entry.value)
      : expression.type === 'list'
        ? expression.elements
        : expression.type === 'comprehension'
          ? [expression.element]
          : [];
  for (const one of values) {
    const value = subject.meaningOf(one, route.handlerId);
    const held = name(value) ?? (value?.kind === 'instance' ? name(value.items) : undefined);
    if (held !== undefined) return held;
  }
  const whole = subject.meaningOf(expression, route.handlerId);
  return whole?.kind === 'instance' && isOrmObject(subject.evaluator, whole)
    ? name(whole)
    : whole?.kind === 'instance'
      ? name(whole.items)
      : undefined;
}
