/** What comes from the request. */
import { CREDENTIALS, opensDoors } from '../../knowledge/secrets.ts';
import { functionScope } from '../../python/bindings.ts';
import { functionOf, outerScopeOf } from '../../python/definitions.ts';
import type { Expression, Parameter } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';

const MARKERS = /^fastapi\.(?:Header|Query|Cookie|Form|Body|Path|Depends|Security)$/;

/** Whether a call is one of FastAPI's that say where a parameter comes from. */
export function isMarker(subject: Subject, callee: Expression, scope: string): boolean {
  return MARKERS.test(subject.nameOf(callee, scope) ?? '');
}

/** Whether FastAPI fills a parameter from the request: by a marker as its default or in its `Annotated`. */
function isFromRequest(subject: Subject, parameter: Parameter, scope: string): boolean {
  const { annotation, default: value } = parameter;
  const markers = [
    ...(value ? [value] : []),
    ...(annotation?.type === 'subscript' ? annotation.indices.slice(1) : []),
  ];
  return markers.some(
    (marker) => marker.type === 'call' && isMarker(subject, marker.callee, scope),
  );
}

const SENT = /^(?:fastapi|starlette\.\w+)\.\w+\.(?:headers|cookies|query_params)$/;

/**
 * What an expression is called when it is what somebody proves with that they may come in: a header, a query parameter,
 * a cookie, the password of basic authentication, as they are or encoded, at most one assignment away.
 */
export function proofFrom(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops = 1,
): string | undefined {
  switch (expression.type) {
    case 'name':
      return ofName(subject, expression.id, scope, hops);
    case 'attribute': {
      const value = subject.meaningOf(expression.object, scope);
      if (value?.kind !== 'instance' || value.class.kind !== 'external') return undefined;
      return CREDENTIALS[value.class.name] === expression.name
        ? subject.textOf(expression)
        : undefined;
    }
    case 'subscript':
      return named(subject, expression.object, expression.indices[0], scope);
    case 'call': {
      const { callee, args } = expression;
      if (callee.type !== 'attribute') return undefined;
      if (callee.name === 'encode') return proofFrom(subject, callee.object, scope, hops);
      return callee.name === 'get'
        ? named(subject, callee.object, args[0]?.value, scope)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** `request.headers["X-Token"]`. */
function named(
  subject: Subject,
  object: Expression,
  key: Expression | undefined,
  scope: string,
): string | undefined {
  if (key?.type !== 'string' || !opensDoors(key.value)) return undefined;
  return SENT.test(subject.nameOf(object, scope) ?? '') ? key.value : undefined;
}

function ofName(subject: Subject, name: string, scope: string, hops: number): string | undefined {
  const parameter = functionOf(subject.db, scope)?.parameters.find((one) => one.name === name);
  if (parameter !== undefined) {
    const outer = outerScopeOf(scope);
    return opensDoors(name) && isFromRequest(subject, parameter, outer) ? name : undefined;
  }
  if (hops === 0 || functionOf(subject.db, scope) === undefined) return undefined;
  const [binding, ...others] = subject.db.get(functionScope, scope).names[name] ?? [];
  if (binding?.kind !== 'value' || binding.value === undefined || others.length > 0)
    return undefined;
  return proofFrom(subject, binding.value, scope, hops - 1);
}
