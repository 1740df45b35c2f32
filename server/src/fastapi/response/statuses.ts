/** Which status of HTTP an expression means. */
import { HTTP_STATUS_NAMES } from '../../knowledge/statuses.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { writtenValue } from '../constants.ts';
import type { Subject } from '../subject.ts';

/** `204` of `204`, `status.HTTP_204_NO_CONTENT`, `HTTPStatus.NO_CONTENT` and of a constant that is one of these. */
export function statusOf(
  subject: Subject,
  expression: Expression,
  scope: string,
): number | undefined {
  if (expression.type === 'number') return wholeNumber(expression.text);
  const named = namedStatus(subject.nameOf(expression, scope));
  if (named !== undefined) return named;
  const written = writtenValue(subject, expression, scope);
  if (written === undefined || written.isDefault || written.expression === expression)
    return undefined;
  return statusOf(subject, written.expression, written.scope);
}

/** Whether it is a status by its name, and not only a number. */
export function isNamedStatus(subject: Subject, expression: Expression, scope: string): boolean {
  return namedStatus(subject.nameOf(expression, scope)) !== undefined;
}

function namedStatus(name: string | undefined): number | undefined {
  const constant = /\bstatus\.HTTP_(\d{3})_\w+$/.exec(name ?? '')?.[1];
  if (constant !== undefined) return Number(constant);
  const member = /^http\.HTTPStatus\.([A-Z_]+)(?:\.value)?$/.exec(name ?? '')?.[1];
  return member === undefined ? undefined : HTTP_STATUS_NAMES[member];
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** HTTP allows no body with it; FastAPI refuses a route that declares one. */
export function forbidsBody(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304;
}
