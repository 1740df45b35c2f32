/** Routes as objects: what a router's list of routes holds while the program is followed. */
import type { Machine } from '../../python/execution/machine.ts';
import {
  type Arguments,
  external,
  type Instance,
  list,
  type Obj,
  type Site,
  shown,
  text,
  textOf,
  UNKNOWN,
  UNKNOWN_PART,
} from '../../python/execution/objects.ts';

export type Entry =
  | {
      readonly kind: 'http' | 'websocket';
      readonly endpoint: Obj;
      /** The site whose path argument or call is pointed at. */
      readonly site: Site;
      /** Dependencies of the router and of the route itself, when it was added. */
      readonly dependencies: readonly Obj[];
      readonly keywords: ReadonlyMap<string, Obj>;
      /** Starlette's own route: FastAPI reads no parameters for it. */
      readonly isPlain: boolean;
      readonly conditions: Conditions;
    }
  | {
      readonly kind: 'include';
      readonly router: Instance;
      /** How many routes the router had by then. */
      readonly count: number;
      readonly prefix: string;
      readonly dependencies: readonly Obj[];
      readonly keywords: ReadonlyMap<string, Obj>;
      readonly site: Site;
      readonly conditions: Conditions;
    }
  | {
      readonly kind: 'mount' | 'host';
      readonly app: Obj;
      readonly site: Site;
      readonly conditions: Conditions;
    };

/** The branches of the program that it was added in. */
type Conditions = readonly string[];

/** The entry that an object in a list of routes stands for. */
export function entryOf(object: Obj): { entry: Entry; object: Instance } | undefined {
  if (object.kind !== 'instance') return undefined;
  const state = object.state as Entry | undefined;
  return state !== undefined && typeof state === 'object' && 'kind' in state
    ? { entry: state, object }
    : undefined;
}

/** A path argument as a text, with an unknown part for what can't be known. */
export function pathOf(object: Obj | undefined): string {
  if (object === undefined) return UNKNOWN_PART;
  return textOf(object) ?? (object.kind === 'instance' ? shown(object) : UNKNOWN_PART);
}

export function routeObject(
  className: string,
  path: string,
  entry: Entry,
  extra: readonly [string, Obj][],
): Instance {
  return {
    kind: 'instance',
    class: external(className),
    attrs: new Map<string, Obj>([['path', text(path)], ...extra]),
    state: entry,
  };
}

/** What FastAPI calls an endpoint: its `__name__`, or its class's. */
function endpointName(endpoint: Obj): string | undefined {
  switch (endpoint.kind) {
    case 'function': {
      const wrapped = endpoint.attrs.get('__wrapped__');
      const own = endpoint.attrs.get('__name__');
      return textOf(own) ?? (wrapped ? endpointName(wrapped) : endpoint.name);
    }
    case 'bound':
      return endpoint.target.kind === 'function'
        ? endpointName(endpoint.target)
        : endpoint.target.name;
    case 'class':
      return endpoint.name;
    case 'lambda':
      return '<lambda>';
    case 'partial':
      return 'partial';
    case 'native':
      return endpoint.name;
    case 'descriptor':
      return endpointName(endpoint.target);
    case 'instance':
      return endpoint.class.kind === 'class'
        ? endpoint.class.name
        : endpoint.class.name.slice(endpoint.class.name.lastIndexOf('.') + 1);
    case 'external':
      return endpoint.name.slice(endpoint.name.lastIndexOf('.') + 1);
    default:
      return undefined;
  }
}

/** Methods as FastAPI keeps them: upper case, sorted, once each. */
export function methodsOf(
  machine: Machine,
  given: Obj | undefined,
  otherwise: readonly string[],
): Obj {
  if (given === undefined || given.kind === 'none') return list(otherwise.map((one) => text(one)));
  const items = machine.iterate(given);
  if (items === undefined) return UNKNOWN;
  const names = items.map((item) =>
    (
      textOf(item) ??
      (item.kind === 'instance' ? shown(item.attrs.get('value') ?? UNKNOWN) : UNKNOWN_PART)
    ).toUpperCase(),
  );
  return list([...new Set(names)].sort().map((one) => text(one)));
}

/** Starlette adds HEAD wherever there is GET. */
function withHead(machine: Machine, methods: Obj): Obj {
  const names = (machine.iterate(methods) ?? []).map(shown);
  if (!names.includes('GET') || names.includes('HEAD')) return methods;
  return list([...names, 'HEAD'].sort().map((one) => text(one)));
}

/** Builds `Route(...)`, `WebSocketRoute(...)`, `APIRoute(...)`, `Mount(...)`, `Host(...)`. False for other classes. */
export function constructRoute(
  machine: Machine,
  self: Instance,
  className: string,
  call: Arguments,
): boolean {
  const { args, keywords, site } = call;
  const given = (index: number, name: string) => args[index] ?? keywords.get(name);
  switch (className) {
    case 'starlette.routing.Route':
    case 'fastapi.routing.APIRoute': {
      const isPlain = className === 'starlette.routing.Route';
      const endpoint = given(1, 'endpoint') ?? UNKNOWN;
      const conditions = [...machine.conditions];
      const isClass = endpoint.kind === 'class' || endpoint.kind === 'instance';
      const methods = methodsOf(
        machine,
        keywords.get('methods') ?? (isPlain ? args[2] : undefined),
        isPlain && isClass ? [] : ['GET'],
      );
      fill(
        self,
        pathOf(given(0, 'path')),
        endpoint,
        keywords.get('name'),
        isPlain ? withHead(machine, methods) : methods,
        {
          kind: 'http',
          endpoint,
          site,
          dependencies: machine.iterate(keywords.get('dependencies') ?? UNKNOWN) ?? [],
          keywords,
          isPlain,
          conditions,
        },
      );
      return true;
    }
    case 'starlette.routing.WebSocketRoute':
    case 'fastapi.routing.APIWebSocketRoute': {
      const endpoint = given(1, 'endpoint') ?? UNKNOWN;
      const isPlain = className === 'starlette.routing.WebSocketRoute';
      fill(self, pathOf(given(0, 'path')), endpoint, keywords.get('name'), list([]), {
        kind: 'websocket',
        endpoint,
        site,
        dependencies: machine.iterate(keywords.get('dependencies') ?? UNKNOWN) ?? [],
        keywords,
        isPlain,
        conditions: [...machine.conditions],
      });
      return true;
    }
    case 'starlette.routing.Mount':
    case 'starlette.routing.Host': {
      const isMount = className === 'starlette.routing.Mount';
      const routes = keywords.get('routes');
      const app = given(1, 'app') ?? (routes ? routerOf(routes) : UNKNOWN);
      const path = isMount ? pathOf(given(0, 'path')).replace(/\/+$/, '') : '';
      self.attrs.set('path', text(path));
      self.attrs.set('app', app);
      self.attrs.set('name', keywords.get('name') ?? { kind: 'none' });
      const conditions = [...machine.conditions];
      self.state = { kind: isMount ? 'mount' : 'host', app, site, conditions } satisfies Entry;
      return true;
    }
    default:
      return false;
  }
}

function fill(
  self: Instance,
  path: string,
  endpoint: Obj,
  name: Obj | undefined,
  methods: Obj,
  entry: Entry,
): void {
  self.attrs.set('path', text(path));
  self.attrs.set('endpoint', endpoint);
  self.attrs.set(
    'name',
    name && name.kind !== 'none' ? name : text(endpointName(endpoint) ?? UNKNOWN_PART),
  );
  self.attrs.set('methods', methods);
  self.state = entry;
}

/** A plain router over a given list of routes. */
function routerOf(routes: Obj): Instance {
  return {
    kind: 'instance',
    class: external('starlette.routing.Router'),
    attrs: new Map<string, Obj>([
      ['routes', routes.kind === 'list' ? list([...routes.items]) : list([])],
    ]),
  };
}
