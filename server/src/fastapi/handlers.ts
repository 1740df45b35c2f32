import { definitionOf, definitionsIn, outerScopeOf } from '../python/definitions.ts';
import { defineQuery } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import { pathOfBlock } from '../syntax/source.ts';
import { dependencies, isDependency } from './dependencies.ts';
import { everywhere } from './everywhere.ts';
import { isRegistered, registrations } from './registrations.ts';
import { type Route, routesOf } from './routes.ts';
import { looksLikeTest, type Subject, subjectOf } from './subject.ts';

const ROUTING =
  /@[\w.]+\.(?:get|put|post|delete|options|head|patch|trace|api_route|websocket(?:_route)?)\b/;
const SAYS_ROUTE = defineGlance(ROUTING);

/** By block id: the functions that handle routes by their own decorators. */
const handlersIn = defineQuery<readonly string[]>('handlers in', (db, block) => {
  const subject = subjectOf(db, block);
  return db
    .get(definitionsIn, block)
    .flatMap(({ id }) => (routesHandledBy(subject, id).length > 0 ? id : []));
});

/** Every function that FastAPI calls for a request: path operations, websockets, dependencies; none of tests. */
export const calledForRequests = defineQuery<readonly string[]>('called for requests', (db) => {
  const all = [
    ...everywhere(db, SAYS_ROUTE, handlersIn),
    ...registrations(db),
    ...dependencies(db),
  ];
  return [...new Set(all)].filter((id) => !db.get(looksLikeTest, pathOfBlock(id)));
});

/** Whether FastAPI reads a function's signature: it is a path operation, a websocket or a dependency. */
export function isInjected(subject: Subject, id: string): boolean {
  return (
    isDependency(subject.db, id) ||
    isHandler(subject, id) ||
    routesHandledBy(subject, id).length > 0
  );
}

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
