/** Answers whose status allows no body. */
import type { Call, Expression } from '../../syntax/nodes.ts';
import { routesHandledBy } from '../handlers.ts';
import { argumentOf, type Route } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';
import { declaredBy, shapeOf } from './answer-shape.ts';
import { statusArguments } from './misuse.ts';
import { forbidsBody, statusOf } from './statuses.ts';

export interface Bodied {
  readonly status: number;
  /** The model or the annotation that says that there is a body. */
  readonly declared: Expression;
  readonly isAnnotation: boolean;
}

/** What a route with such a status declares as its body all the same. */
export function bodyDeclaredWithoutContent(subject: Subject, route: Route): Bodied | undefined {
  if (route.kind !== 'http') return undefined;
  const status = statusOfRoute(subject, route);
  const declared = declaredBy(route);
  if (status === undefined || declared === undefined || !forbidsBody(status)) return undefined;
  const { expression, isAnnotation } = declared;
  // Before 0.89 annotations said nothing to FastAPI.
  if (isAnnotation && isPinnedBelow(subject.db, subject.path, 'fastapi', '0.89')) return undefined;
  const shape = shapeOf(subject, expression, route.scope);
  return shape === 'data' ? { status, declared: expression, isAnnotation } : undefined;
}

function statusOfRoute(subject: Subject, { decorator, scope }: Route): number | undefined {
  const status = argumentOf(decorator, 'status_code');
  return status && statusOf(subject, status, scope);
}

export interface JsonWithoutContent {
  /** `body`: the call gives such a status itself. `replaced`: the route has it, and the response does not. */
  readonly kind: 'body' | 'replaced';
  readonly status: number;
  readonly content: Expression | undefined;
}

/** A `JSONResponse` with such a status, or one that a route with such a status returns. */
export function jsonWithoutContent(
  subject: Subject,
  name: string,
  call: Call,
  place: { readonly scope: string; readonly isReturned: boolean },
): JsonWithoutContent | undefined {
  if (name !== 'starlette.responses.JSONResponse') return undefined;
  const given = statusArguments(name, call);
  if (given === undefined) return undefined;
  const { content } = given;
  if (given.status !== undefined) {
    const status = statusOf(subject, given.status, place.scope);
    return status !== undefined && forbidsBody(status)
      ? { kind: 'body', status, content }
      : undefined;
  }
  if (!place.isReturned) return undefined;
  const [route, ...others] = routesHandledBy(subject, place.scope);
  const status = route && statusOfRoute(subject, route);
  return status !== undefined && others.length === 0 && forbidsBody(status)
    ? { kind: 'replaced', status, content }
    : undefined;
}
