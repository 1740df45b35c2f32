/** From routers within routers to the list of routes as they are served. */
import type { Machine } from '../../python/execution/machine.ts';
import {
  type Instance,
  type Obj,
  type Site,
  shown,
  textOf,
  UNKNOWN_PART,
} from '../../python/execution/objects.ts';
import { applicationOf, routerOf } from './apps.ts';
import { type Needs, needsOf } from './dependencies.ts';
import { type Entry, entryOf } from './entries.ts';
import { handlerOf } from './handler.ts';
import { routesOf } from './routers.ts';

/** One route of an application, as plain data. */
export interface ServedRoute {
  readonly kind: 'http' | 'websocket' | 'mount';
  /** Upper case, sorted. Empty for websockets, mounts, and what takes any method. */
  readonly methods: readonly string[];
  /** The full path; `{…}` for a part that can't be known. */
  readonly path: string;
  /** `null` for a mount without a name. */
  readonly name: string | null;
  /** The definition id of the handler's function, or class, where it is in the workspace. */
  readonly handler: string | null;
  /** Where the handler is, when it is a lambda in the definition or module named by `handler`. */
  readonly lambdaAt: {
    readonly block: string;
    readonly start: number;
    readonly end: number;
  } | null;
  /** Where the route is declared: the decorator, or the call that adds it. */
  readonly at: { readonly block: string; readonly start: number; readonly end: number };
  /** What it needs of dependencies and of the request. Empty for mounts and plain Starlette routes. */
  readonly needs: Needs;
  readonly operationId: string | null;
  /** `false` where a route, a router or an include says so. */
  readonly inSchema: boolean;
  /** Tags of the route, its routers and includes; a part that is not known is left out. */
  readonly tags: readonly string[];
  /** It has tags, or may have some that are not known. */
  readonly isTagged: boolean;
  /** Where its path is written, in the block of `at`. */
  readonly pathAt: { readonly start: number; readonly end: number } | null;
  /** The mount or host that it is served below, by its index among the application's routes. */
  readonly parent: number | null;
  /** Of kind `mount`: it is chosen by the host, not by the path. */
  readonly isHost: boolean;
  /** The calls that include its routers, outermost first. */
  readonly includes: readonly ServedRoute['at'][];
  /** The branches of the program that it, or an include around it, is added in. */
  readonly conditions: readonly string[];
  /** Its class is the project's own: it may match and answer in its own way. */
  readonly isCustom: boolean;
  /** Starlette's own: FastAPI reads no parameters for it. */
  readonly isPlain: boolean;
}

/** What a router got after it was included, where an include copies what is there: none of it is served. */
export interface LateEntry {
  /** The route, or all that the router has which is included into it. */
  readonly routes: readonly ServedRoute[];
  /** The call that includes a router late; `null` for a route. */
  readonly child: ServedRoute['at'] | null;
  /** The include that came too early. */
  readonly include: ServedRoute['at'];
}

export interface Flattened {
  readonly routes: readonly ServedRoute[];
  readonly late: readonly LateEntry[];
}

/** What the includes around a route add to it. */
interface Around {
  readonly dependencies: readonly Obj[];
  readonly inSchema: boolean;
  readonly tags: readonly string[];
  readonly isTagged: boolean;
  readonly parent: number | null;
  readonly includes: readonly ServedRoute['at'][];
  readonly conditions: readonly string[];
}

const NOTHING_AROUND: Around = {
  dependencies: [],
  inSchema: true,
  tags: [],
  isTagged: false,
  parent: null,
  includes: [],
  conditions: [],
};
const NO_NEEDS: Needs = { dependencies: [], parameters: [], isPartial: false };

function within(
  machine: Machine,
  around: Around,
  entry: Extract<Entry, { kind: 'include' }>,
): Around {
  return {
    dependencies: [...around.dependencies, ...entry.dependencies],
    inSchema:
      around.inSchema &&
      !isFalse(entry.keywords.get('include_in_schema')) &&
      !isFalse(entry.router.attrs.get('include_in_schema')),
    tags: [
      ...around.tags,
      ...textsOf(machine, entry.keywords.get('tags')),
      ...textsOf(machine, entry.router.attrs.get('tags')),
    ],
    isTagged:
      around.isTagged ||
      mayHold(machine, entry.keywords.get('tags')) ||
      mayHold(machine, entry.router.attrs.get('tags')),
    parent: around.parent,
    includes: [...around.includes, placeOf(entry.site)],
    conditions: [...around.conditions, ...entry.conditions],
  };
}

function isFalse(object: Obj | undefined): boolean {
  return object?.kind === 'bool' && !object.value;
}

function textsOf(machine: Machine, object: Obj | undefined): string[] {
  const items = object === undefined ? [] : (machine.iterate(object) ?? []);
  return items.flatMap((item) => textOf(item) ?? []);
}

/** Whether a list that is given has something in it, as far as one can know. */
function mayHold(machine: Machine, object: Obj | undefined): boolean {
  if (object === undefined || object.kind === 'none') return false;
  return machine.iterate(object)?.length !== 0;
}

const MAX_ROUTES = 20_000;
const ALL = Number.POSITIVE_INFINITY;

/**
 * The routes of an application. Until FastAPI 0.136 an include copies the routes that the router has by then, and no
 * mounts; since then it is live.
 */
export function flatten(machine: Machine, app: Instance, isCopying: boolean): Flattened {
  let routes: ServedRoute[] = [];
  const late: LateEntry[] = [];
  const underWay = new Set<Instance>();

  function visitRouter(router: Instance, prefix: string, around: Around, count: number): void {
    if (underWay.has(router)) return;
    underWay.add(router);
    const { items } = routesOf(router);
    for (const object of items.slice(0, count)) visitEntry(object, prefix, around);
    for (const object of items.slice(count)) visitLate(object, prefix, around);
    underWay.delete(router);
  }

  /** What it would serve goes to a list of its own. */
  function visitLate(object: Obj, prefix: string, around: Around): void {
    const entry = entryOf(object)?.entry;
    const include = around.includes.at(-1);
    if (entry === undefined || include === undefined) return;
    // An include in another branch may not have happened.
    if (!around.conditions.every((one) => entry.conditions.includes(one))) return;
    const served = routes;
    routes = [];
    visitEntry(object, prefix, around);
    const child = entry.kind === 'include' ? placeOf(entry.site) : null;
    if (routes.length > 0) late.push({ routes, child, include });
    routes = served;
  }

  function visitEntry(object: Obj, prefix: string, around: Around): void {
    const found = entryOf(object);
    if (found === undefined || routes.length >= MAX_ROUTES) return;
    const { entry } = found;
    const own = textOf(found.object.attrs.get('path')) ?? UNKNOWN_PART;
    switch (entry.kind) {
      case 'include':
        // An app that is included by mistake has no routes of its own to give.
        visitRouter(
          ownRouter(entry.router) ?? entry.router,
          prefix + entry.prefix,
          within(machine, around, entry),
          isCopying ? entry.count : ALL,
        );
        return;
      case 'mount': {
        if (isCopying && around.includes.length > 0) return;
        const path = (prefix + own).replace(/\/+$/, '');
        routes.push(mountRow(found.object, path, entry, around));
        visitMounted(entry.app, path, routes.length - 1);
        return;
      }
      case 'host':
        if (isCopying && around.includes.length > 0) return;
        routes.push(mountRow(found.object, prefix, entry, around));
        visitMounted(entry.app, prefix, routes.length - 1);
        return;
      default: {
        const methods = found.object.attrs.get('methods');
        routes.push({
          kind: entry.kind,
          methods: methods
            ? (machine.iterate(methods) ?? []).map((one) => spelled(shown(one))).sort()
            : [],
          path: spelled(prefix + own),
          name: spelledName(found.object),
          ...handlerOf(machine, found.object.attrs.get('endpoint') ?? entry.endpoint),
          at: placeOf(entry.site),
          pathAt: pathPlace(entry.site),
          needs: entry.isPlain
            ? NO_NEEDS
            : needsOf(machine, entry.endpoint, [...around.dependencies, ...entry.dependencies]),
          operationId: textOf(entry.keywords.get('operation_id')) ?? null,
          inSchema: around.inSchema && !isFalse(entry.keywords.get('include_in_schema')),
          tags: [...around.tags, ...textsOf(machine, entry.keywords.get('tags'))],
          isTagged: around.isTagged || mayHold(machine, entry.keywords.get('tags')),
          ...standing(around, entry.conditions),
          isHost: false,
          isCustom: found.object.class.kind === 'class',
          isPlain: entry.isPlain,
        });
      }
    }
  }

  function visitMounted(mounted: Obj, path: string, parent: number): void {
    if (mounted.kind !== 'instance') return;
    const router = ownRouter(mounted) ?? (mounted.attrs.has('routes') ? mounted : undefined);
    if (router !== undefined) visitRouter(router, path, { ...NOTHING_AROUND, parent }, ALL);
    // A middleware around an application: what it was given is served all the same.
    else for (const inner of wrappedApps(mounted)) visitMounted(inner, path, parent);
  }

  const router = routerOf(app);
  if (router) visitRouter(router, '', NOTHING_AROUND, ALL);
  return { routes, late: unserved(late, routes) };
}

/** Without what is served by another include: it may be left out here on purpose. */
function unserved(late: readonly LateEntry[], served: readonly ServedRoute[]): LateEntry[] {
  const keyOf = ({ at }: ServedRoute) => `${at.block} ${at.start}`;
  const known = new Set(served.map(keyOf));
  return late.flatMap((entry) => {
    const routes = entry.routes.filter((route) => !known.has(keyOf(route)));
    return routes.length > 0 ? { ...entry, routes } : [];
  });
}

function ownRouter(object: Instance): Instance | undefined {
  const app = applicationOf(object);
  return app && routerOf(app);
}

function wrappedApps(object: Instance): Obj[] {
  const state = object.state as { args?: readonly Obj[] } | undefined;
  const given = [...(state?.args ?? []), ...object.attrs.values()];
  return given.flatMap((one) => applicationOf(one) ?? []).slice(0, 1);
}

function standing(around: Around, conditions: readonly string[]) {
  const { parent, includes } = around;
  return { parent, includes, conditions: [...around.conditions, ...conditions] };
}

function mountRow(
  object: Instance,
  path: string,
  { site, kind, conditions }: Extract<Entry, { kind: 'mount' | 'host' }>,
  around: Around,
): ServedRoute {
  return {
    kind: 'mount',
    methods: [],
    path: spelled(path),
    name: spelledName(object),
    handler: null,
    lambdaAt: null,
    at: placeOf(site),
    pathAt: pathPlace(site),
    needs: NO_NEEDS,
    operationId: null,
    inSchema: false,
    tags: [],
    isTagged: false,
    ...standing(around, conditions),
    isHost: kind === 'host',
    isCustom: object.class.kind === 'class',
    isPlain: true,
  };
}

function spelledName(object: Instance): string | null {
  const name = textOf(object.attrs.get('name'));
  return name === undefined ? null : spelled(name);
}

function spelled(text: string): string {
  return text.replaceAll(new RegExp(`${UNKNOWN_PART}+`, 'g'), '{…}');
}

function placeOf({ block, start, end }: Site) {
  return { block, start, end };
}

function pathPlace({ args }: Site) {
  const path =
    args.find(({ name }) => name === 'path') ?? args.find(({ name }) => name === undefined);
  return path ? { start: path.value.start, end: path.value.end } : null;
}
