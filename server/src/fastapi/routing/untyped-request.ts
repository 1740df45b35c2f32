/** Parameters that are meant to be the request, and are query parameters because they have no type. */
import type { FunctionSite } from '../../python/sites.ts';
import type { FunctionDef, Parameter } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { isDependency } from '../dependencies.ts';
import { pathParameters } from '../paths.ts';
import { type Route, routesOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

interface Untyped {
  readonly parameter: Parameter;
  readonly type: 'Request' | 'WebSocket';
}

const REQUESTS: ReadonlySet<string> = new Set(['request', 'req', '_request']);
const WEBSOCKETS: ReadonlySet<string> = new Set(['websocket', 'ws', 'web_socket']);
/** What a request has and a text has not. */
const MEMBERS =
  'headers|cookies|client|state|app|json|body|form|stream|method|query_params|path_params|url|base_url|url_for|' +
  'session|user|auth|scope|is_disconnected|accept|close|send_\\w+|receive_\\w+|iter_\\w+';

/** The first such parameter of a path operation or a dependency. */
export function untypedRequestIn(subject: Subject, site: FunctionSite): Untyped | undefined {
  const { node, id } = site;
  const open = node.parameters.filter(
    ({ annotation, default: given, kind }) => !annotation && !given && !kind.startsWith('*'),
  );
  const candidate = open.find(({ name }) => REQUESTS.has(name) || WEBSOCKETS.has(name));
  if (candidate === undefined || !isMeant(subject, node, candidate.name)) return undefined;
  const routes = routesOf(subject.evaluator, site);
  if (routes.length === 0 && !(node.decorators.length === 0 && isDependency(subject.db, id)))
    return undefined;
  if (routes.length > 0 && !isOnlyRoutes(subject, site, routes)) return undefined;
  if (routes.some((route) => isPlain(route) || takesFromPath(route, candidate.name)))
    return undefined;
  const isWebSocket =
    routes.some(({ kind }) => kind === 'websocket') ||
    (routes.length === 0 && WEBSOCKETS.has(candidate.name));
  return { parameter: candidate, type: isWebSocket ? 'WebSocket' : 'Request' };
}

/** Every use is one that a request has and a text has not, or hands it on; one that is not used is meant too. */
function isMeant(subject: Subject, node: FunctionDef, name: string): boolean {
  const body = subject
    .textOf({ start: node.parametersEnd, end: node.end })
    .replaceAll(new RegExp(`(["'])${name}\\1`, 'g'), '');
  const uses = body.match(new RegExp(`\\b${name}\\b(?!\\s*=[^=])`, 'g'))?.length ?? 0;
  const known =
    body.match(new RegExp(`\\b${name}\\.(?:${MEMBERS})\\b|[(,=:]\\s*${name}\\s*[,)}]`, 'g'))
      ?.length ?? 0;
  return uses === known;
}

/** A decorator below may give the function another signature; `slowapi`'s wants the request just so. */
function isOnlyRoutes(
  subject: Subject,
  { node, outer }: FunctionSite,
  routes: readonly Route[],
): boolean {
  return node.decorators.every((decorator) => {
    if (routes.some((route) => route.decorator === decorator)) return true;
    return subject.nameOf(headOf(decorator), outer)?.startsWith('slowapi.') ?? false;
  });
}

/** Starlette's own route hands over the request without asking for its type. */
function isPlain({ decorator }: Route): boolean {
  return (
    decorator.callee.type === 'attribute' &&
    /^(?:route|websocket_route)$/.test(decorator.callee.name)
  );
}

function takesFromPath({ path }: Route, name: string): boolean {
  return path === undefined || pathParameters(path).some((one) => one.name === name);
}
