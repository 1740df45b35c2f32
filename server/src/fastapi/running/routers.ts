/** `APIRouter` and Starlette's `Router`, as they behave while an application is put together. */
import type { Machine } from '../../python/execution/machine.ts';
import {
  type Arguments,
  type Instance,
  list,
  NONE,
  native,
  type Obj,
  type Sequence,
  text,
  textOf,
  UNKNOWN,
} from '../../python/execution/objects.ts';
import { constructRoute, pathOf, routeObject } from './entries.ts';

const VERBS: ReadonlySet<string> = new Set(
  'get put post delete options head patch trace'.split(' '),
);

/** Sets up a router: its own prefix, its dependencies and the routes it is given. Always true. */
export function constructRouter(
  machine: Machine,
  self: Instance,
  { keywords, args, isPartial }: Arguments,
): boolean {
  const routes = keywords.get('routes') ?? (args[0]?.kind === 'list' ? args[0] : undefined);
  const given = routes ? (machine.iterate(routes) ?? []) : [];
  self.attrs.set('routes', list([...given]));
  // Of what was given as `**options` and is not known, the prefix may be a part.
  self.attrs.set('prefix', keywords.get('prefix') ?? (isPartial ? UNKNOWN : text('')));
  self.attrs.set('tags', tagsOf(machine, keywords.get('tags') ?? (isPartial ? UNKNOWN : NONE)));
  self.attrs.set('dependencies', containerOf(machine, keywords.get('dependencies')));
  for (const name of [
    'include_in_schema',
    'route_class',
    'default_response_class',
    'responses',
    'deprecated',
  ]) {
    const value = keywords.get(name);
    if (value !== undefined) self.attrs.set(name, value);
  }
  return true;
}

function containerOf(machine: Machine, given: Obj | undefined): Sequence {
  return list(given ? (machine.iterate(given) ?? []) : []);
}

/** A list of its own, or what was given where that is not known. */
function tagsOf(machine: Machine, given: Obj): Obj {
  if (given.kind === 'none') return list([]);
  const items = machine.iterate(given);
  return items === undefined ? given : list(items);
}

/** A router's own list of routes: live, as in Python. */
export function routesOf(router: Instance): Sequence {
  const routes = router.attrs.get('routes');
  if (routes?.kind === 'list') return routes;
  const fresh = list([]);
  router.attrs.set('routes', fresh);
  return fresh;
}

/** The router's prefix at this moment. */
function prefixOf(router: Instance): string {
  const prefix = router.attrs.get('prefix');
  return prefix === undefined ? '' : pathOf(prefix);
}

function dependenciesOf(machine: Machine, router: Instance): Obj[] {
  const own = router.attrs.get('dependencies');
  return own ? (machine.iterate(own) ?? []) : [];
}

/** A method of a router; nothing for what is a plain attribute or not known. */
export function routerAttribute(
  machine: Machine,
  self: Instance,
  name: string,
  isFastApi: boolean,
): Obj | undefined {
  if (VERBS.has(name) && isFastApi)
    return native(name, (_machine, call) => verb(machine, self, name.toUpperCase(), call));
  switch (name) {
    case 'api_route':
      return native(name, (_machine, call) => decoratorFor(machine, self, 'add_api_route', call));
    case 'websocket':
      return native(name, (_machine, call) =>
        decoratorFor(machine, self, 'add_api_websocket_route', call),
      );
    case 'route':
      return native(name, (_machine, call) => decoratorFor(machine, self, 'add_route', call));
    case 'websocket_route':
      return native(name, (_machine, call) =>
        decoratorFor(machine, self, 'add_websocket_route', call),
      );
    case 'add_api_route':
      return native(name, (_machine, call) => addApiRoute(machine, self, call));
    case 'add_api_websocket_route':
      return native(name, (_machine, call) => addApiWebSocketRoute(machine, self, call));
    case 'add_route':
      return native(name, (_machine, call) =>
        addPlain(machine, self, 'starlette.routing.Route', call),
      );
    case 'add_websocket_route':
      return native(name, (_machine, call) =>
        addPlain(machine, self, 'starlette.routing.WebSocketRoute', call),
      );
    case 'mount':
      return native(name, (_machine, call) =>
        addPlain(machine, self, 'starlette.routing.Mount', call),
      );
    case 'host':
      return native(name, (_machine, call) =>
        addPlain(machine, self, 'starlette.routing.Host', call),
      );
    case 'include_router':
      return native(name, (_machine, call) => includeRouter(machine, self, call));
    case 'on_event':
      return native(name, () =>
        native('decorator', (_inner, { args: [target] }) => target ?? UNKNOWN),
      );
    case 'add_event_handler':
      return native(name, () => NONE);
    default:
      return undefined;
  }
}

/** `router.get(path, ...)`: through `api_route`, as FastAPI does, so that a subclass's own takes part. */
function verb(machine: Machine, self: Instance, method: string, call: Arguments): Obj {
  const keywords = new Map(call.keywords);
  keywords.set('methods', list([text(method)]));
  return machine.call(machine.attribute(self, 'api_route'), { ...call, keywords });
}

/** A decorator that hands what it decorates to a method, and gives it back. */
function decoratorFor(machine: Machine, self: Instance, method: string, call: Arguments): Obj {
  const [path = call.keywords.get('path') ?? UNKNOWN, ...rest] = call.args;
  const keywords = new Map(call.keywords);
  keywords.delete('path');
  const [name] = rest;
  if (name !== undefined && method.includes('websocket')) keywords.set('name', name);
  if (name !== undefined && method === 'add_route') keywords.set('methods', name);
  return native('decorator', (_machine, { args: [endpoint] }) => {
    if (endpoint === undefined) return UNKNOWN;
    machine.call(machine.attribute(self, method), {
      args: [path, endpoint],
      keywords,
      isPartial: false,
      site: call.site,
    });
    return endpoint;
  });
}

function addApiRoute(machine: Machine, self: Instance, { args, keywords, site }: Arguments): Obj {
  const path = args[0] ?? keywords.get('path');
  const endpoint = args[1] ?? keywords.get('endpoint') ?? UNKNOWN;
  const merged = new Map(keywords);
  merged.set('endpoint', endpoint);
  merged.set('path', text(prefixOf(self) + pathOf(path)));
  const own = keywords.get('dependencies');
  const dependencies = [
    ...dependenciesOf(machine, self),
    ...(own ? (machine.iterate(own) ?? []) : []),
  ];
  merged.set('dependencies', list(dependencies));
  const routeClass = keywords.get('route_class_override') ?? self.attrs.get('route_class');
  const route =
    custom(machine, routeClass, merged, site) ??
    plain(machine, 'fastapi.routing.APIRoute', merged, site);
  routesOf(self).items.push(route);
  return NONE;
}

/** A route of the project's own route class, which may change the path. */
function custom(
  machine: Machine,
  routeClass: Obj | undefined,
  keywords: ReadonlyMap<string, Obj>,
  site: Arguments['site'],
): Obj | undefined {
  if (routeClass?.kind !== 'class') return undefined;
  const made = machine.call(routeClass, {
    args: [keywords.get('path') ?? UNKNOWN],
    keywords: without(keywords, 'path'),
    isPartial: false,
    site,
  });
  return made.kind === 'instance' && made.state !== undefined ? made : undefined;
}

function without(keywords: ReadonlyMap<string, Obj>, name: string): Map<string, Obj> {
  const rest = new Map(keywords);
  rest.delete(name);
  return rest;
}

function plain(
  machine: Machine,
  className: string,
  keywords: ReadonlyMap<string, Obj>,
  site: Arguments['site'],
): Instance {
  const route: Instance = {
    kind: 'instance',
    class: { kind: 'external', name: className },
    attrs: new Map(),
  };
  constructRoute(machine, route, className, { args: [], keywords, isPartial: false, site });
  return route;
}

function addApiWebSocketRoute(
  machine: Machine,
  self: Instance,
  { args, keywords, site }: Arguments,
): Obj {
  const merged = new Map(keywords);
  merged.set('endpoint', args[1] ?? keywords.get('endpoint') ?? UNKNOWN);
  merged.set('path', text(prefixOf(self) + pathOf(args[0] ?? keywords.get('path'))));
  const name = args[2] ?? keywords.get('name');
  if (name) merged.set('name', name);
  const own = keywords.get('dependencies');
  merged.set(
    'dependencies',
    list([...dependenciesOf(machine, self), ...(own ? (machine.iterate(own) ?? []) : [])]),
  );
  routesOf(self).items.push(plain(machine, 'fastapi.routing.APIWebSocketRoute', merged, site));
  return NONE;
}

/** Starlette's own: the router's prefix does not apply. */
function addPlain(machine: Machine, self: Instance, className: string, call: Arguments): Obj {
  const route: Instance = {
    kind: 'instance',
    class: { kind: 'external', name: className },
    attrs: new Map(),
  };
  const keywords = new Map(call.keywords);
  const [, , third, fourth] = call.args;
  const isRoute = className === 'starlette.routing.Route';
  if (third && isRoute) keywords.set('methods', third);
  if (third && !isRoute) keywords.set('name', third);
  if (fourth && isRoute) keywords.set('name', fourth);
  constructRoute(machine, route, className, { ...call, args: call.args.slice(0, 2), keywords });
  routesOf(self).items.push(route);
  return NONE;
}

/** The include takes the parent's prefix and dependencies as they are now; the child's routes stay live. */
function includeRouter(machine: Machine, self: Instance, call: Arguments): Obj {
  const { args, keywords, site } = call;
  const router = args[0] ?? keywords.get('router');
  if (router?.kind !== 'instance') return NONE;
  const prefix = keywords.get('prefix') ?? (call.isPartial ? UNKNOWN : undefined);
  const own = keywords.get('dependencies');
  const dependencies = [
    ...dependenciesOf(machine, self),
    ...(own ? (machine.iterate(own) ?? []) : []),
  ];
  const whole = prefixOf(self) + (prefix ? (textOf(prefix) ?? pathOf(prefix)) : '');
  const conditions = [...machine.conditions];
  const routes = machine.attributeIfAny(router, 'routes');
  const count = routes?.kind === 'list' ? routes.items.length : Number.POSITIVE_INFINITY;
  const given = { prefix: whole, dependencies, keywords, site, conditions };
  const entry = { kind: 'include', router, count, ...given } as const;
  routesOf(self).items.push(routeObject('fastapi.routing._IncludedRouter', '', entry, []));
  return NONE;
}
