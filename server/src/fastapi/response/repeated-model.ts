/** A response model that says what the return annotation says already. */
import type { Argument } from '../../syntax/nodes.ts';
import { argumentOf, type Route, routesOf } from '../routes.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';

/** The `response_model` argument of a route, where the annotation alone would do the same. */
export function repeatedModel(subject: Subject, route: Route): Argument | undefined {
  const { decorator, handler, scope, handlerId } = route;
  const argument = decorator.args.find(({ name }) => name === 'response_model');
  const { returns } = handler;
  if (argument === undefined || returns === undefined || route.kind !== 'http') return undefined;
  const isFiltered = decorator.args.some(
    ({ name, star }) => star !== undefined || /^response_model_/.test(name ?? ''),
  );
  if (isFiltered || argumentOf(decorator, 'response_class') !== undefined) return undefined;
  // Before 0.89 annotations said nothing to FastAPI.
  if (isPinnedBelow(subject.db, subject.path, 'fastapi', '0.89')) return undefined;
  // Another decorator may hide the annotation.
  const routes = routesOf(subject.evaluator, {
    id: handlerId,
    node: handler,
    outer: scope,
  });
  if (routes.length !== handler.decorators.length) return undefined;
  const { value } = argument;
  if (value.type === 'none' || value.type === 'string') return undefined;
  return plain(subject.textOf(value)) === plain(subject.textOf(returns)) ? argument : undefined;
}

function plain(text: string): string {
  return text.replace(/\s+/g, '');
}
