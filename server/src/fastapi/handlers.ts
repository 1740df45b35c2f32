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
