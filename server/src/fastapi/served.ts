/** Which functions FastAPI calls by itself, and for what: routes with their dependencies, middleware, start-up. */
import { enclosingOf, nameOf, outerScopeOf } from '../python/definitions.ts';
import { createEvaluator } from '../python/evaluate.ts';
import { functionSignature } from '../python/signatures.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { headOf } from '../syntax/parts.ts';
import { isStartupFunction } from './effects/startup.ts';
import type { Dependency } from './running/dependencies.ts';
import type { ServedRoute } from './running/flatten.ts';
import { applications } from './running/project.ts';

/** What FastAPI calls a function for. */
export interface Entry {
  readonly kind: 'route' | 'middleware' | 'exception handler' | 'startup';
  /** `GET /users/{user_id}`; empty for what has no path. */
  readonly title: string;
  /** It is called for the route's handler, not as it. */
  readonly isDependency: boolean;
  /** Where a route is declared. */
  readonly at: ServedRoute['at'] | null;
}

/** By function id: the routes that call it, as their handler or a dependency. */
const servedRoutes = defineQuery<ReadonlyMap<string, readonly Entry[]>>('served routes', (db) => {
  const found = new Map<string, Entry[]>();
  const evaluator = createEvaluator(db);
  const add = (target: string | null, route: ServedRoute, isDependency: boolean) => {
    if (target === null) return;
    const init = evaluator.attributeOf(
      { kind: 'class', class: { kind: 'project', id: target } },
      '__init__',
    );
    const isFunction = db.get(functionSignature, target) !== null;
    const id = isFunction ? target : init?.kind === 'function' ? init.id : target;
    const entry: Entry = { kind: 'route', title: titleOf(route), isDependency, at: route.at };
    const known = found.get(id) ?? [];
    if (!known.some(({ title }) => title === entry.title)) found.set(id, [...known, entry]);
  };
  const addAll = (dependencies: readonly Dependency[], route: ServedRoute) => {
    for (const { target, dependencies: below } of dependencies) {
      add(target, route, true);
      addAll(below, route);
    }
  };
  for (const { routes } of db.get(applications, ''))
    for (const route of routes) {
      if (route.kind === 'mount') continue;
      add(route.handler, route, false);
      addAll(route.needs.dependencies, route);
    }
  return found;
});

const routesServedBy = defineQuery<readonly Entry[]>(
  'routes served by',
  (db, id) => db.get(servedRoutes, '').get(id) ?? [],
);

/** `GET /users/{user_id}`, `WS /chat`. */
export function titleOf({
  kind,
  methods,
  path,
}: Pick<ServedRoute, 'kind' | 'methods' | 'path'>): string {
  const verb = kind === 'websocket' ? 'WS' : methods.length > 0 ? methods.join(',') : '*';
  return `${verb} ${path === '' ? '/' : path}`;
}

const DECORATED = /^fastapi\.(?:FastAPI|APIRouter)\.(middleware|exception_handler)$/;

/** Everything that FastAPI or Starlette calls a function for. */
export function entriesOf(db: Reader, id: string): readonly Entry[] {
  const other = (kind: Entry['kind']): Entry => ({
    kind,
    title: '',
    isDependency: false,
    at: null,
  });
  const entries = [...db.get(routesServedBy, id)];
  const evaluator = createEvaluator(db);
  for (const decorator of db.get(functionSignature, id)?.decorators ?? []) {
    const value = evaluator.meaningOf(headOf(decorator), outerScopeOf(id));
    const kind = value?.kind === 'external' ? DECORATED.exec(value.name)?.[1] : undefined;
    if (kind === 'middleware') entries.push(other('middleware'));
    if (kind === 'exception_handler') entries.push(other('exception handler'));
  }
  const owner = nameOf(id) === 'dispatch' ? enclosingOf(id) : null;
  if (owner !== null) {
    const lineage = evaluator.lineage({ kind: 'project', id: owner });
    const isBelow = lineage.some((one) =>
      /\.BaseHTTPMiddleware$/.test('name' in one ? one.name : ''),
    );
    if (isBelow) entries.push(other('middleware'));
  }
  if (isStartupFunction(db, id)) entries.push(other('startup'));
  return entries;
}
