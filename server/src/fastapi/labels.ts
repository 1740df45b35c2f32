/** How messages call a route. */
import { writtenValue } from './constants.ts';
import { prefixOf } from './prefixes.ts';
import type { Route } from './routes.ts';
import type { Subject } from './subject.ts';

/**
 * `GET /users/{user_id}`, with the prefix that its own router is given where that is written: what the includes add is
 * left to the rules about applications, so that a finding stays the same wherever its router ends up. By its handler
 * where the path says nothing.
 */
export function labelOf(subject: Subject, route: Route): string {
  const { methods, path, handler } = route;
  const known = path === undefined ? '' : ownPrefix(subject, route) + path;
  return [methods[0], known || handler.name].filter(Boolean).join(' ');
}

function ownPrefix(subject: Subject, { decorator, scope }: Route): string {
  if (decorator.callee.type !== 'attribute') return '';
  const made = writtenValue(subject, decorator.callee.object, scope);
  if (made?.expression.type !== 'call') return '';
  return prefixOf(subject, { node: made.expression, scope: made.scope })?.value ?? '';
}
