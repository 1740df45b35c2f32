/** What holds of one route or one function of a project, as exercises ask it. */
import { blockOf, functionOf, moduleScopeId, nameOf } from '../python/definitions.ts';
import { createEvaluator } from '../python/evaluate.ts';
import { functionSignature } from '../python/signatures.ts';
import { type FunctionSite, sitesOf } from '../python/sites.ts';
import type { Value } from '../python/values.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression, Name } from '../syntax/nodes.ts';
import { namedCall } from './calls.ts';
import { isQuery } from './databases.ts';
import { stoppingWayFrom, type Witness } from './effects/effects.ts';
import type { Leaf } from './effects/leaves.ts';
import { repeatedQuery } from './effects/repeated.ts';
import { edgesOf } from './effects/runs.ts';
import { repeatingLoop } from './loops/repeating.ts';
import { argumentOf, routesOf } from './routes.ts';
import type { Dependency } from './running/dependencies.ts';
import type { ServedRoute } from './running/flatten.ts';
import { type Subject, subjectOf } from './subject.ts';
import { dependencyYields, releasesOnError } from './yields.ts';

/** The function that a name of a module leads to (`load_feed`, `Users.all`), re-exports included. */
export function functionNamed(db: Reader, path: string, qualifiedName: string): string | undefined {
  const evaluator = createEvaluator(db);
  const [first = '', ...members] = qualifiedName.split('.');
  const name: Name = { type: 'name', id: first, start: 0, end: 0 };
  let value: Value | undefined = evaluator.meaningOf(name, moduleScopeId(path));
  for (const member of members)
    value = value === undefined ? undefined : evaluator.attributeOf(value, member);
  return value?.kind === 'function' ? value.id : undefined;
}

/** How serving a route comes to hold up the event loop: through its handler, or a dependency that runs there. */
export function routeStops(db: Reader, route: ServedRoute): Witness<Leaf> | undefined {
  const onLoop = [route.handler, ...targetsOf(route.needs.dependencies)].filter(
    (id) => id !== null && db.get(functionSignature, id)?.isAsync === true,
  );
  return onLoop.flatMap((id) => (id === null ? [] : (stoppingWayFrom(db, id) ?? [])))[0];
}

function targetsOf(dependencies: readonly Dependency[]): readonly (string | null)[] {
  return dependencies.flatMap((one) => [one.target, ...targetsOf(one.dependencies)]);
}

/** The name of the model that a route answers with: what `response_model` says, else the return annotation. */
export function responseModelOf(db: Reader, { handler, at }: ServedRoute): string | undefined {
  const site = handler === null ? undefined : siteOf(db, handler);
  if (handler === null || site === undefined) return undefined;
  const subject = subjectOf(db, blockOf(handler));
  const declared = routesOf(subject.evaluator, site).find(
    ({ decorator }) => at.block === subject.block && decorator.start === at.start,
  );
  const said = declared && argumentOf(declared.decorator, 'response_model');
  if (said?.type === 'none') return undefined;
  const model = said ?? site.node.returns;
  return model && modelName(subject, model, site.outer);
}

/** `FeedPage` by its own name, however it was imported; `list[Item]` as it is written. */
function modelName(subject: Subject, model: Expression, scope: string): string {
  const value = subject.meaningOf(model, scope);
  if (value?.kind === 'class' && value.class.kind === 'project') return nameOf(value.class.id);
  return subject
    .textOf(model)
    .replace(/\s+/g, '')
    .replace(/\b(?:[a-z_]\w*\.)+(?=[A-Za-z_])/g, '')
    .replace(/^(['"])(.*)\1$/, '$2');
}

function siteOf(db: Reader, id: string): FunctionSite | undefined {
  return sitesOf(db, blockOf(id)).functions.find((site) => site.id === id);
}

/** By function id: whether its own body sends a query for each item of a loop. */
const repeatsQueries = defineQuery<boolean>('repeats queries', (db, id) => {
  const subject = subjectOf(db, blockOf(id));
  return sitesOf(db, subject.block).calls.some((site) => {
    if (site.scope !== id || site.loops.length === 0) return false;
    if (repeatedQuery(subject, site) !== undefined) return true;
    const call = namedCall(subject, site);
    return call !== undefined && isQuery(call) && repeatingLoop(subject, call) !== undefined;
  });
});

const MAX_FUNCTIONS = 500;

/** The function, the given one or one that it runs, that sends a query for each item of a loop. */
export function queriesInLoop(db: Reader, from: string): string | undefined {
  const seen = new Set([from]);
  for (const id of seen) {
    if (functionOf(db, id) !== undefined && db.get(repeatsQueries, id)) return id;
    if (seen.size > MAX_FUNCTIONS) return undefined;
    for (const { target } of db.get(edgesOf, id)) seen.add(target);
  }
  return undefined;
}

/** Whether what a dependency opens is closed also when the route raises; undefined for what is no such dependency. */
export function closesOnError(db: Reader, id: string): boolean | undefined {
  const site = siteOf(db, id);
  if (site === undefined) return undefined;
  const subject = subjectOf(db, blockOf(id));
  const places = dependencyYields(subject, site);
  if (places.length === 0) return undefined;
  return places.every((place) => releasesOnError(subject, place, id));
}
