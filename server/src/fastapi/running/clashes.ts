/** Routes of one application that can never answer, because an earlier one takes their requests. */
import { covers, isOpenEnded, isSamePattern, type Pattern, patternOf } from '../paths.ts';
import type { ServedRoute } from './flatten.ts';
import type { Application } from './project.ts';

export interface Clash {
  /**
   * `duplicate`: both have the same path; `again`: it is the same route, included twice; `catch-all`: the earlier one takes everything below a point; `mount`: the
   * earlier one is another mount; `shadowed`: the earlier one's parameter takes what the later one spells out.
   */
  readonly kind: 'duplicate' | 'again' | 'catch-all' | 'mount' | 'shadowed';
  readonly earlier: ServedRoute;
  readonly later: ServedRoute;
  /** The methods that never reach the later one; empty for all of what has no methods. */
  readonly methods: readonly string[];
}

const known = new WeakMap<Application, readonly Clash[]>();

/** At most one for each route: with the first one that takes its requests. None where the first one may be taken away. */
export function clashesOf(application: Application): readonly Clash[] {
  if (application.isThinned) return [];
  const clashes = known.get(application) ?? find(application.routes);
  known.set(application, clashes);
  return clashes;
}

interface Candidate {
  readonly route: ServedRoute;
  readonly pattern: Pattern;
  /** What the path begins with, up to its first parameter: told apart by it, most are never compared. */
  readonly lead: string;
  /** Its place in the order of all. */
  readonly index: number;
}

/** The routes so far that are served below one mount, or none. */
interface Group {
  /** Those with parameters. */
  readonly open: Candidate[];
  /** The others, by their pattern. */
  readonly exact: Map<string, Candidate[]>;
}

function find(routes: readonly ServedRoute[]): Clash[] {
  const clashes: Clash[] = [];
  const groups = new Map<number | null, Group>();
  for (const [index, route] of routes.entries()) {
    if (route.isHost || route.isCustom) continue;
    const pattern = patternOf(route.kind === 'mount' ? `${route.path}/{path:path}` : route.path);
    if (pattern === undefined) continue;
    const group: Group = groups.get(route.parent) ?? { open: [], exact: new Map() };
    groups.set(route.parent, group);
    const [lead = ''] = route.path.split('{');
    const one = { route, pattern, lead, index };
    const key = JSON.stringify(pattern);
    const same = group.exact.get(key) ?? [];
    const root = rootOf(routes, route);
    let clash: Clash | undefined;
    for (const earlier of inOrder(same, group.open)) {
      clash = clashOf(earlier, one, root);
      if (clash !== undefined) break;
    }
    if (clash !== undefined) clashes.push(clash);
    if (pattern.some((symbol) => typeof symbol !== 'string')) group.open.push(one);
    else group.exact.set(key, [...same, one]);
  }
  return clashes;
}

/** Two lists that are in order, as one. */
function* inOrder(a: readonly Candidate[], b: readonly Candidate[]): Generator<Candidate> {
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one !== undefined && (other === undefined || one.index < other.index)) {
      yield one;
      i++;
    } else if (other !== undefined) {
      yield other;
      j++;
    }
  }
}

/** The path of the mount that a route is served below. */
function rootOf(routes: readonly ServedRoute[], { parent }: ServedRoute): string {
  return parent === null ? '' : (routes[parent]?.path ?? '');
}

function clashOf(first: Candidate, second: Candidate, root: string): Clash | undefined {
  const { route: earlier } = first;
  const { route: later } = second;
  if (!second.lead.startsWith(first.lead)) return undefined;
  const methods = sharedMethods(earlier, later);
  if (methods === undefined || !isCertain(earlier, later)) return undefined;
  if (!covers(first.pattern, second.pattern)) return undefined;
  const kind = kindOf(first, second, root);
  return kind && { kind, earlier, later, methods };
}

function kindOf(first: Candidate, second: Candidate, root: string): Clash['kind'] | undefined {
  if (hasSameHandler(first.route, second.route))
    return secondInclude(first.route, second.route) ? 'again' : undefined;
  if (isSamePattern(first.pattern, second.pattern)) return 'duplicate';
  if (first.route.kind !== 'mount') return isOpenEnded(first.pattern) ? 'catch-all' : 'shadowed';
  // A mount at the root of where it stands: its pattern is nothing but `/` and the rest.
  return first.route.path === root ? 'catch-all' : 'mount';
}

/** One function for both paths: it makes no difference which of them takes the request. */
function hasSameHandler(a: ServedRoute, b: ServedRoute): boolean {
  if (isSamePlace(a.at, b.at)) return true;
  const isLambda = a.lambdaAt !== null || b.lambdaAt !== null;
  return a.handler !== null && a.handler === b.handler && !isLambda;
}

/** Where a route comes in for the second time, when it is one route that is included twice. */
export function secondInclude(
  earlier: ServedRoute,
  later: ServedRoute,
): ServedRoute['at'] | undefined {
  if (!isSamePlace(earlier.at, later.at)) return undefined;
  return later.includes.find((one) => !earlier.includes.some((other) => isSamePlace(one, other)));
}

function isSamePlace(a: ServedRoute['at'], b: ServedRoute['at']): boolean {
  return a.block === b.block && a.start === b.start;
}

/** The methods that both answer; nothing where they never meet. */
function sharedMethods(earlier: ServedRoute, later: ServedRoute): readonly string[] | undefined {
  if (earlier.kind === 'mount') return later.methods;
  if (later.kind === 'mount') return earlier.kind === 'http' ? earlier.methods : undefined;
  if (earlier.kind !== later.kind) return undefined;
  if (earlier.kind === 'websocket') return [];
  if (earlier.methods.length === 0) return later.methods;
  if (later.methods.length === 0) return earlier.methods;
  const shared = later.methods.filter((method) => earlier.methods.includes(method));
  return shared.length > 0 ? shared : undefined;
}

/** Whether the earlier one is there whenever the later one is: it is added in no branch that the later one is not in. */
function isCertain(earlier: ServedRoute, later: ServedRoute): boolean {
  return earlier.conditions.every((condition) => later.conditions.includes(condition));
}

/** `GET /users/{user_id}`, as a message calls it. */
export function servedLabel({ kind, methods, path }: ServedRoute): string {
  if (kind === 'mount') return `mount ${path || '/'}`;
  return [kind === 'websocket' ? 'WEBSOCKET' : methods.join('/'), path].filter(Boolean).join(' ');
}

/** Where a route is told of: its path, else the whole call. */
export function servedPlace({ at, pathAt }: ServedRoute) {
  return { block: at.block, start: pathAt?.start ?? at.start, end: pathAt?.end ?? at.end };
}
