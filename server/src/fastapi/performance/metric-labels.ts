/** Labels of metrics that take as many values as clients can think of. */
import { functionOf, nameOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import { externalClassOf } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { operandsOf } from '../../syntax/walk.ts';
import type { NamedCall } from '../calls.ts';
import { isOrmObject } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { routesHandledBy } from '../handlers.ts';
import { pathParameters } from '../paths.ts';
import type { Subject } from '../subject.ts';

export interface UnboundedLabel {
  readonly value: Expression;
  /** A path is what a template can stand for; of what is somebody's own, nothing can. */
  readonly isPath: boolean;
}

const LABELS = /^prometheus_client\.(?:Counter|Gauge|Histogram|Summary|Info|Enum)\.labels$/;

/** What differs from request to request; the method, the scheme and the host do not. */
const REQUESTED =
  /^(?:fastapi|starlette\.requests)\.(?:Request|WebSocket|HTTPConnection)\.(?:url|base_url|path_params|query_params|headers|cookies|client)(?:\.|$)/;
const BOUNDED = /\.url\.(?:scheme|hostname|port|netloc|is_secure)$|\.client\.port$/;

/** Attributes that tell a row from all others, of tables that grow with the business. */
const IDENTITY = /^(?:id|uuid|pk|email|username)$/;
const GROWING = /user|account|customer|member|order|session|request|invoice|message/i;

/** The arguments of a metric's `labels(...)` that have no end of values. */
export function unboundedLabels(subject: Subject, call: NamedCall): readonly UnboundedLabel[] {
  if (!LABELS.test(call.name)) return [];
  return call.node.args.flatMap(({ value, star }) => {
    if (star !== undefined) return [];
    const kind = unboundedIn(subject, value, call.scope);
    return kind === undefined ? [] : { value, isPath: kind === 'path' };
  });
}

function unboundedIn(
  subject: Subject,
  expression: Expression,
  scope: string,
): 'path' | 'other' | undefined {
  switch (expression.type) {
    case 'attribute':
      return ofAttribute(subject, expression, scope);
    case 'name': {
      if (isPathParameter(subject, expression.id, scope)) return 'other';
      const written = writtenValue(subject, expression, scope, 2);
      return written && written.expression.type !== 'name'
        ? unboundedIn(subject, written.expression, written.scope)
        : undefined;
    }
    case 'subscript':
      return unboundedIn(subject, expression.object, scope);
    case 'fstring': {
      const kinds = operandsOf(expression).map((part) => unboundedIn(subject, part, scope));
      return kinds.includes('other') ? 'other' : kinds.find((kind) => kind !== undefined);
    }
    case 'call': {
      const { callee, args } = expression;
      if (subject.nameOf(callee, scope) === 'builtins.str')
        return args[0] && unboundedIn(subject, args[0].value, scope);
      // `request.url.path.rstrip("/")`, `request.headers.get("user-agent")`.
      return callee.type === 'attribute' && SAME.test(callee.name)
        ? unboundedIn(subject, callee.object, scope)
        : undefined;
    }
    default:
      return undefined;
  }
}

const SAME = /^(?:get|lower|upper|strip|rstrip|lstrip)$/;

function ofAttribute(
  subject: Subject,
  expression: Extract<Expression, { type: 'attribute' }>,
  scope: string,
): 'path' | 'other' | undefined {
  const name = subject.nameOf(expression, scope);
  if (name !== undefined && REQUESTED.test(name))
    return BOUNDED.test(name) ? undefined : /\.url(?:\.path)?$/.test(name) ? 'path' : 'other';
  if (!IDENTITY.test(expression.name)) return undefined;
  const owner = subject.meaningOf(expression.object, scope);
  if (owner?.kind !== 'instance' || owner.class.kind !== 'project') return undefined;
  const isGrowing = GROWING.test(nameOf(owner.class.id));
  return isGrowing && isOrmObject(subject.evaluator, owner) ? 'other' : undefined;
}

/** A parameter that a route's path fills with any text or number. */
function isPathParameter(subject: Subject, name: string, scope: string): boolean {
  const parameters = functionOf(subject.db, scope)?.parameters ?? [];
  const index = parameters.findIndex((one) => one.name === name);
  const parameter = parameters[index];
  if (parameter === undefined) return false;
  const value = subject.evaluator.parameterValue(parameter, index, scope);
  const isOpen =
    parameter.annotation === undefined ||
    /^(?:builtins\.(?:str|int)|uuid\.UUID)$/.test(externalClassOf(value) ?? '');
  return (
    isOpen &&
    routesHandledBy(subject, scope).some(({ path }) =>
      pathParameters(path ?? '').some((one) => one.name === name),
    )
  );
}

/** The template of the route that answers, where FastAPI has chosen it by then: in the route, and after `call_next`. */
export function templateAt(
  subject: Subject,
  call: NamedCall,
  label: UnboundedLabel,
): string | undefined {
  const { value } = label;
  const text = subject.textOf(value);
  const request = /^(\w+)\.url\.path$/.exec(text)?.[1];
  if (request === undefined || call.function === undefined) return undefined;
  if (routesHandledBy(subject, call.scope).length > 0) return `${request}.scope["route"].path`;
  const given = new Set(call.function.parameters.map(({ name }) => name));
  const isAnswered = sitesOf(subject.db, subject.block).calls.some(
    ({ node, scope, isAwaited }) =>
      isAwaited &&
      scope === call.scope &&
      node.end < call.node.start &&
      node.callee.type === 'name' &&
      given.has(node.callee.id),
  );
  return isAnswered ? `getattr(${request}.scope.get("route"), "path", "unmatched")` : undefined;
}
