/** What a path operation answers with, as far as its own source says. */
import { nameOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import type { Value } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { isOrmObject } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { sentBy } from './sent.ts';

export interface Answer {
  /** A response model, a return annotation, or a word that there is none on purpose. */
  readonly isDeclared: boolean;
  /** Whether the source shows that JSON is sent, and not only fixed scalars. */
  readonly isJson: boolean;
  /** What stands in a dict or a list that is returned, when it is an object of the database. */
  readonly holds: string | undefined;
}

/** `undefined` for what answers with no JSON body: websockets, redirects, other response classes, hidden routes. */
export function answerOf(subject: Subject, route: Route): Answer | undefined {
  const { decorator, handler, handlerId } = route;
  if (route.kind !== 'http' || isHidden(subject, route) || !hasBody(subject, route))
    return undefined;
  const model = argumentOf(decorator, 'response_model');
  const isDeclared =
    model !== undefined || handler.returns !== undefined || hasUnread(decorator.args);
  const signature = subject.db.get(functionSignature, handlerId);
  if (signature?.isGenerator) return undefined;
  const returned = returnsIn(handler.body).filter((expression) => expression.type !== 'none');
  // Nothing that could leak or change shape.
  const kinds = returned.map((one) =>
    one.type === 'dict' && isHealthCheck(route) ? 'scalar' : sentBy(subject, one, handlerId),
  );
  const isJson = !kinds.includes('response') && kinds.includes('json');
  const holds = returned
    .map((one) => heldIn(subject, route, one))
    .find((held) => held !== undefined);
  return { isDeclared, isJson, holds };
}

/** By what such routes are called everywhere. */
function isHealthCheck(route: Route): boolean {
  const words = `${route.path ?? ''} ${route.handler.name}`;
  return /health|ping|\blive|ready|readiness|liveness|heartbeat|status|alive|version/i.test(words);
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

function isHidden(subject: Subject, route: Route): boolean {
  const said =
    argumentOf(route.decorator, 'include_in_schema') ??
    onRouter(subject, route, 'include_in_schema');
  return said?.type === 'false';
}

/** What the router or app itself is made with. */
function onRouter(subject: Subject, { decorator, scope }: Route, name: string) {
  if (decorator.callee.type !== 'attribute') return undefined;
  const made = writtenValue(subject, decorator.callee.object, scope)?.expression;
  return made?.type === 'call' ? argumentOf(made, name) : undefined;
}

/** `@app.get("/", **options)`: what it declares can't be seen. */
function hasUnread(args: readonly { readonly star?: string }[]): boolean {
  return args.some((argument) => argument.star === '**');
}

const JSON_RESPONSES = /(?:^|\.)(?:JSONResponse|ORJSONResponse|UJSONResponse)$/;

function sendsJson(subject: Subject, route: Route): boolean {
  const response =
    argumentOf(route.decorator, 'response_class') ??
    onRouter(subject, route, 'default_response_class');
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

/** What a returned dict or list holds that is no plain data. */
function heldIn(subject: Subject, route: Route, expression: Expression): string | undefined {
  const name = (value: Value | undefined): string | undefined => {
    const { evaluator } = subject;
    if (value?.kind !== 'instance' || value.class.kind !== 'project') return undefined;
    if (!isOrmObject(evaluator, value)) return undefined;
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
  return name(whole) ?? (whole?.kind === 'instance' ? name(whole.items) : undefined);
}
