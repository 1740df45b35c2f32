/**
 * Our routes against the running app's: exact, with a report a person can act on.
 */
import type { RunningApp, RunningRoute, Unknowable } from './oracle.mjs';

/** A route as the command line's `routes --format json` lists it. Lines are 1-based. */
export interface ListedRoute {
  kind: 'http' | 'websocket' | 'mount';
  methods: readonly string[];
  path: string;
  name: string | null;
  location: { path: string; line: number } | null;
  /** `module.qualname` of the innermost function; null for mounts. */
  handler: string | null;
}

export interface ListedApp {
  app: string;
  path: string;
  routes: readonly ListedRoute[];
}

type Field = 'kind' | 'methods' | 'path' | 'name' | 'handler' | 'file' | 'line';

/** What is compared of a route, as text. */
type Facts = Record<Field, string>;

export interface Difference {
  expected: Facts;
  actual: Facts;
  fields: Field[];
}

export interface Comparison {
  equal: boolean;
  missing: Facts[];
  extra: Facts[];
  differing: Difference[];
  /** Routes that stand after one they should stand before. */
  misplaced: Facts[];
  /** Empty when equal. */
  report: string;
}

const fields: readonly Field[] = ['kind', 'methods', 'path', 'name', 'handler', 'file', 'line'];

/** How far two routes may differ and still be told as one route that differs, best first. */
const resemblances: readonly (readonly Field[])[] = [
  fields,
  ['kind', 'methods', 'path', 'handler'],
  ['kind', 'methods', 'path'],
  ['kind', 'path', 'handler'],
  ['kind', 'path'],
  ['kind', 'methods', 'handler', 'line'],
];

/** Compares one app's routes, their order too. `unknowable` is the sample's own list. */
export function compareRoutes(
  actual: ListedApp,
  expected: RunningApp,
  unknowable: readonly Unknowable[] = [],
): Comparison {
  const wanted = expected.routes.flatMap((route) => knowable(route, unknowable));
  const wantedFacts = wanted.map(factsOfRunning);
  const allowed = actual.routes.filter((route) => !isLater(route, wantedFacts, unknowable));
  const pairs = pair(allowed.map(factsOfListed), wantedFacts);
  const misplaced = outOfOrder(pairs.matched).map(({ expected: facts }) => facts);
  const differing = pairs.matched.flatMap(({ actual: ours, expected: theirs }) => {
    const unlike = fields.filter((field) => ours[field] !== theirs[field]);
    return unlike.length > 0 ? [{ actual: ours, expected: theirs, fields: unlike }] : [];
  });
  const { missing, extra } = pairs;
  const lines = reportOf(missing, extra, differing, misplaced);
  const report = lines.length > 0 ? [expected.app, ...lines].join('\n') : '';
  return { equal: lines.length === 0, missing, extra, differing, misplaced, report };
}

/** The route as it can be known from the source: nothing where it cannot be known at all. */
function knowable(route: RunningRoute, unknowable: readonly Unknowable[]): RunningRoute[] {
  const entry = unknowable.find(({ running }) => running === route.path);
  if (entry === undefined) return [route];
  return entry.static === null ? [] : [{ ...route, path: entry.static }];
}

/** Whether the route is one that is there only once the app has started. */
function isLater(
  route: ListedRoute,
  wanted: readonly Facts[],
  unknowable: readonly Unknowable[],
): boolean {
  const later = unknowable.some((entry) => entry.running === null && entry.static === route.path);
  return later && !wanted.some(({ path }) => path === route.path);
}

interface Pair {
  actual: Facts;
  expected: Facts;
  actualIndex: number;
  expectedIndex: number;
}

/** Each expected route with the actual one that is most like it. */
function pair(actual: readonly Facts[], expected: readonly Facts[]) {
  const matched: Pair[] = [];
  const leftActual = new Map(actual.entries());
  const leftExpected = new Map(expected.entries());
  for (const resemblance of resemblances) {
    const key = (facts: Facts) => resemblance.map((field) => facts[field]).join('\0');
    const byKey = new Map<string, [number, Facts][]>();
    for (const entry of leftActual) {
      const alike = byKey.get(key(entry[1]));
      if (alike === undefined) byKey.set(key(entry[1]), [entry]);
      else alike.push(entry);
    }
    for (const [expectedIndex, theirs] of leftExpected) {
      const found = byKey.get(key(theirs))?.shift();
      if (found === undefined) continue;
      const [actualIndex, ours] = found;
      matched.push({ actual: ours, expected: theirs, actualIndex, expectedIndex });
      leftActual.delete(actualIndex);
      leftExpected.delete(expectedIndex);
    }
  }
  matched.sort((left, right) => left.expectedIndex - right.expectedIndex);
  return { matched, missing: [...leftExpected.values()], extra: [...leftActual.values()] };
}

/** Those of the pairs, in expected order, whose actual place lies before an earlier one's. */
function outOfOrder(pairs: readonly Pair[]): Pair[] {
  let furthest = -1;
  return pairs.filter(({ actualIndex }) => {
    const behind = actualIndex < furthest;
    furthest = Math.max(furthest, actualIndex);
    return behind;
  });
}

function factsOfRunning(route: RunningRoute): Facts {
  return {
    kind: route.kind,
    methods: route.methods.join(','),
    path: route.path,
    name: route.name ?? '',
    handler: route.handler ?? '',
    file: route.file ?? '',
    line: route.line === null ? '' : String(route.line),
  };
}

function factsOfListed(route: ListedRoute): Facts {
  return {
    kind: route.kind,
    methods: route.methods.join(','),
    path: route.path,
    name: route.name ?? '',
    handler: route.handler ?? '',
    file: route.location?.path ?? '',
    line: route.location === null ? '' : String(route.location.line),
  };
}

function reportOf(
  missing: readonly Facts[],
  extra: readonly Facts[],
  differing: readonly Difference[],
  misplaced: readonly Facts[],
): string[] {
  return [
    ...missing.map((facts) => `  missing  ${spelled(facts)}`),
    ...extra.map((facts) => `  extra    ${spelled(facts)}`),
    ...differing.flatMap(({ actual, expected, fields: unlike }) => [
      `  differs  ${spelled(expected)}`,
      ...unlike.map(
        (field) => `             ${field}: expected '${expected[field]}', got '${actual[field]}'`,
      ),
    ]),
    ...misplaced.map((facts) => `  order    ${spelled(facts)} comes too early`),
  ];
}

function spelled({ kind, methods, path, name, handler, file, line }: Facts): string {
  const verb = kind === 'http' ? methods || 'any method' : kind;
  const place = file === '' ? 'outside the project' : `${file}:${line}`;
  return `${verb} '${path}' (${[name, handler].filter(Boolean).join(', ')}) ${place}`;
}
