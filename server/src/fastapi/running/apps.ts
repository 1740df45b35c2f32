/** `FastAPI` and `Starlette` applications: a router of their own, and methods that go to it. */
import type { Machine } from '../../python/execution/machine.ts';
import {
  type Arguments,
  external,
  type Instance,
  NONE,
  native,
  type Obj,
  text,
  UNKNOWN,
} from '../../python/execution/objects.ts';
import { constructRouter, routesOf } from './routers.ts';

/** Arguments that are kept under their own name, with FastAPI's default where code reads it. */
const ATTRIBUTES: readonly (readonly [string, string | undefined])[] = [
  ['title', undefined],
  ['version', undefined],
  ['lifespan', undefined],
  ['root_path', ''],
  ['docs_url', '/docs'],
  ['redoc_url', '/redoc'],
  ['openapi_url', '/openapi.json'],
  ['swagger_ui_oauth2_redirect_url', '/docs/oauth2-redirect'],
];

/** Sets up an application around a new router. Always true. */
export function constructApp(
  machine: Machine,
  self: Instance,
  call: Arguments,
  isFastApi: boolean,
): boolean {
  const router: Instance = {
    kind: 'instance',
    class: external(isFastApi ? 'fastapi.APIRouter' : 'starlette.routing.Router'),
    attrs: new Map(),
  };
  const keywords = new Map(call.keywords);
  // An application's prefix would be an error; its routers have theirs.
  keywords.delete('prefix');
  const positional = call.args[1];
  if (!isFastApi && positional?.kind === 'list' && !keywords.has('routes'))
    keywords.set('routes', positional);
  constructRouter(machine, router, { ...call, args: [], keywords });
  self.attrs.set('router', router);
  const state: Instance = {
    kind: 'instance',
    class: external('starlette.datastructures.State'),
    attrs: new Map(),
  };
  self.attrs.set('state', state);
  self.attrs.set('dependency_overrides', { kind: 'dict', entries: [] });
  for (const [name, otherwise] of ATTRIBUTES) {
    const value =
      call.keywords.get(name) ?? (otherwise === undefined ? undefined : text(otherwise));
    if (value !== undefined) self.attrs.set(name, value);
  }
  self.state = { kind: 'app', site: call.site, during: machine.statement() };
  return true;
}

/** The router of an application. */
export function routerOf(app: Instance): Instance | undefined {
  const router = app.attrs.get('router');
  return router?.kind === 'instance' ? router : undefined;
}

export function appAttribute(machine: Machine, self: Instance, name: string): Obj | undefined {
  const router = routerOf(self);
  if (router === undefined) return UNKNOWN;
  if (name === 'routes') return routesOf(router);
  if (name === 'add_middleware' || name === 'add_exception_handler' || name === 'add_event_handler')
    return native(name, () => NONE);
  if (name === 'middleware' || name === 'exception_handler')
    return native(name, () =>
      native('decorator', (_machine, { args: [target] }) => target ?? UNKNOWN),
    );
  if (name === 'url_path_for' || name === 'openapi' || name === 'setup' || name === 'frontend')
    return native(name, () => UNKNOWN);
  const method = machine.attributeIfAny(router, name);
  return method?.kind === 'native' || method?.kind === 'bound' ? method : undefined;
}

/** The object as an application, when it is one. */
export function applicationOf(object: Obj): Instance | undefined {
  if (object.kind !== 'instance') return undefined;
  const state = object.state as { kind?: unknown } | undefined;
  return state?.kind === 'app' ? object : undefined;
}
