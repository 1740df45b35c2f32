import { definitionOf, outerScopeOf } from '../python/definitions.ts';
import { isRegistered } from './registrations.ts';
import { type Route, routesOf } from './routes.ts';
import type { Subject } from './subject.ts';

/** The path operations that a function handles by its own decorators. */
export function routesHandledBy(subject: Subject, functionId: string): readonly Route[] {
  const node = definitionOf(subject.db, functionId)?.node;
  if (node?.type !== 'function' || node.decorators.length === 0) return [];
  const outer = outerScopeOf(functionId);
  return routesOf(subject.evaluator, { id: functionId, node, outer });
}

/** Whether a function is a path operation over HTTP. */
export function isHandler(subject: Subject, functionId: string): boolean {
  return (
    routesHandledBy(subject, functionId).some((route) => route.kind === 'http') ||
    isRegistered(subject.db, functionId)
  );
}

/** Whether a function takes websocket connections. */
export function isSocketHandler(subject: Subject, functionId: string): boolean {
  return (
    routesHandledBy(subject, functionId).some((route) => route.kind === 'websocket') ||
    isRegistered(subject.db, functionId, 'websocket')
  );
}

/** Whether no decorator but those of routes stands around a function: any other may do what it likes. */
export function isBareHandler(subject: Subject, functionId: string): boolean {
  const node = definitionOf(subject.db, functionId)?.node;
  const routes = routesHandledBy(subject, functionId);
  return (
    node?.type === 'function' &&
    node.decorators.every((decorator) => routes.some((route) => route.decorator === decorator))
  );
}
