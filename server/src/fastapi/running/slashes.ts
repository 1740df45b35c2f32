/** Paths of one application that are written with a slash at the end for some methods, and without it for others. */
import { covers, type Pattern, patternOf } from '../paths.ts';
import type { ServedRoute } from './flatten.ts';

export interface SlashSplit {
  readonly earlier: ServedRoute;
  readonly later: ServedRoute;
  /** What the later one answers and nothing does at the earlier one's path. */
  readonly method: string;
}

interface Candidate {
  readonly route: ServedRoute;
  readonly pattern: Pattern;
}

/** At most one for each path. */
export function slashSplits(routes: readonly ServedRoute[]): SlashSplit[] {
  const groups = new Map<string, Candidate[]>();
  for (const route of routes) {
    // What has no certain methods, or matches in its own way, is no part of it.
    const { kind, methods, isCustom, isPlain, path } = route;
    if (kind !== 'http' || methods.length === 0 || isCustom || isPlain || path.length < 2) continue;
    const pattern = patternOf(path);
    if (pattern === undefined) continue;
    const bare = isSlashed(route) ? pattern.slice(0, -1) : pattern;
    const key = JSON.stringify([route.parent, bare]);
    groups.set(key, [...(groups.get(key) ?? []), { route, pattern }]);
  }
  let takers: Takers | undefined;
  return [...groups.values()].flatMap((group) => {
    if (new Set(group.map(({ route }) => isSlashed(route))).size < 2) return [];
    takers ??= takersOf(routes);
    return splitOf(takers, group) ?? [];
  });
}

/** What may take a request, by the mount it is served below, with what it takes where that is known. */
type Takers = ReadonlyMap<
  number | null,
  readonly { readonly route: ServedRoute; readonly taken: Pattern | undefined }[]
>;

function takersOf(routes: readonly ServedRoute[]): Takers {
  const found = new Map<number | null, { route: ServedRoute; taken: Pattern | undefined }[]>();
  for (const route of routes) {
    if (route.kind === 'websocket') continue;
    const taken = patternOf(route.kind === 'mount' ? `${route.path}/{path:path}` : route.path);
    const beside = found.get(route.parent);
    if (beside === undefined) found.set(route.parent, [{ route, taken }]);
    else beside.push({ route, taken });
  }
  return found;
}

function splitOf(takers: Takers, group: readonly Candidate[]): SlashSplit | undefined {
  const [first] = group;
  const other = group.find(({ route }) => first && isSlashed(route) !== isSlashed(first.route));
  if (first === undefined || other === undefined) return undefined;
  const { route: earlier, pattern } = first;
  for (const { route: later } of group) {
    if (isSlashed(later) === isSlashed(earlier)) continue;
    if (later.conditions.join() !== earlier.conditions.join()) continue;
    const method = later.methods.find((one) => !isAnswered(takers, earlier, pattern, one));
    if (method !== undefined) return { earlier, later, method };
  }
  return undefined;
}

/** Whether anything takes a request for a path by a method, or may. */
function isAnswered(
  takers: Takers,
  { parent }: ServedRoute,
  pattern: Pattern,
  method: string,
): boolean {
  return (takers.get(parent) ?? []).some(({ route, taken }) => {
    if (route.kind === 'http' && route.methods.length > 0 && !route.methods.includes(method))
      return false;
    return route.isCustom || route.isHost || taken === undefined || covers(taken, pattern);
  });
}

function isSlashed({ path }: ServedRoute): boolean {
  return path.endsWith('/');
}
