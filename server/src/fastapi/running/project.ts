/** The applications of a project with all their routes, found by following what their modules do when imported. */
import { moduleScope } from '../../python/bindings.ts';
import { createMachine, type Machine, OutOfSteps, Raised } from '../../python/execution/machine.ts';
import type { Instance, Obj, Site } from '../../python/execution/objects.ts';
import { knownFiles } from '../../python/modules.ts';
import { functionSignature } from '../../python/signatures.ts';
import { defineInput, defineQuery, type Reader } from '../../query/database.ts';
import { defineGlance, isSaidIn } from '../../syntax/glances.ts';
import { looksLikeTest } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';
import { applicationOf } from './apps.ts';
import { type Flattened, flatten, type LateEntry, type ServedRoute } from './flatten.ts';
import { createLibrary } from './library.ts';
import { takesRoutesAway } from './thinned.ts';

export interface Application {
  /** The variable that holds it, or `create_app()` for a factory. */
  readonly variable: string;
  readonly path: string;
  /** The module only imports it. */
  readonly isImported: boolean;
  /** It has no OpenAPI schema: `openapi_url=None`. */
  readonly isUndocumented: boolean;
  /** Code takes routes away again: some of them may not be served. */
  readonly isThinned: boolean;
  /** Where the application is made: it is the same one wherever it is imported. */
  readonly madeAt: string;
  /** The statement of a module that makes it; empty for what only a call of a factory makes. */
  readonly madeDuring: string;
  readonly routes: readonly ServedRoute[];
  /** What was added to routers after they were included, where the project's FastAPI serves none of it. */
  readonly late: readonly LateEntry[];
}

/** The first version in which an included router stays live. */
const LIVE_INCLUDES = '0.137.0';

/** Names of packages that the project pins: importing one of them works. */
export const installedPackages = defineInput<ReadonlySet<string>>('installed packages', new Set());

/** By path: the applications that a module holds after it was imported, alone in its process. */
export const applicationsIn = defineQuery<readonly Application[]>('applications', (db, path) => {
  const { first } = db.get(followedTogether, db.get(looksLikeTest, path) ? 'tests' : 'served');
  if (first?.path === path) return first.applications;
  const machine = createMachine(db, createLibrary(db.get(installedPackages, '')));
  followed(() => machine.runFile(path));
  return heldBy(db, machine, path);
});

/** The applications that a module holds that was followed. */
function heldBy(db: Reader, machine: Machine, path: string): readonly Application[] {
  // Of a module that could not be followed to its end, what it had by then.
  const attrs = machine.modules.get(path)?.attrs ?? new Map<string, Obj>();
  const { names } = db.get(moduleScope, path);
  const found: Application[] = [];
  const seen = new Set<Obj>();
  for (const [variable, value] of attrs) {
    const app = applicationOf(value);
    if (app === undefined || seen.has(app)) continue;
    seen.add(app);
    const bindings = names[variable] ?? [];
    const isImported = bindings.every(({ kind }) => kind === 'from' || kind === 'module');
    found.push({
      variable,
      path,
      isImported,
      isUndocumented: app.attrs.get('openapi_url')?.kind === 'none',
      isThinned: takesRoutesAway(db),
      ...origin(app),
      ...served(machine, path, app),
    });
  }
  found.push(...fromFactories(db, machine, path, attrs));
  return found;
}

/** Functions that make an application and need no argument, in a module that holds none itself. */
function fromFactories(
  db: Reader,
  machine: Machine,
  path: string,
  attrs: ReadonlyMap<string, Obj>,
): Application[] {
  const found: Application[] = [];
  for (const [name, value] of attrs) {
    if (value.kind !== 'function' || !value.id.startsWith(`${path}#`)) continue;
    const signature = db.get(functionSignature, value.id);
    const needs = signature?.parameters.some(
      ({ kind, default: given }) => kind !== '*' && kind !== '**' && given === undefined,
    );
    if (signature === null || needs || !/app/i.test(name)) continue;
    const made = followed(() =>
      machine.call(value, {
        args: [],
        keywords: new Map(),
        isPartial: false,
        site: { block: value.id, start: 0, end: 0, args: [] },
      }),
    );
    const app = made && applicationOf(made);
    if (app)
      found.push({
        variable: `${name}()`,
        path,
        isImported: false,
        isUndocumented: app.attrs.get('openapi_url')?.kind === 'none',
        isThinned: takesRoutesAway(db),
        ...origin(app),
        ...served(machine, path, app),
      });
  }
  return found;
}

function served(machine: Machine, path: string, app: Instance): Flattened {
  const isCopying = isPinnedBelow(machine.db, path, 'fastapi', LIVE_INCLUDES);
  return followed(() => flatten(machine, app, isCopying)) ?? { routes: [], late: [] };
}

/** What following a program gives; nothing where it can't be followed: too long, too deep, or it fails. */
function followed<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof OutOfSteps || error instanceof Raised || error instanceof RangeError)
      return undefined;
    throw error;
  }
}

const APPLICATION = defineGlance(/\b(?:FastAPI|Starlette)\b/, ['FastAPI', 'Starlette']);
const FACTORY = defineGlance(/\bdef \w*app\w*\(/i);
const ENTRY = /(?:^|\/)(?:main|__main__|app|asgi|wsgi|server|application)\.py$/;

/** By path: whether a file may hold an application, by a glance at its name and text. */
const mayHoldApplication = defineQuery<boolean>(
  'may hold application',
  (db, path) => ENTRY.test(path) || isSaidIn(db, path, APPLICATION),
);

/** By path: whether a file defines something that may make applications. */
const hasFactory = defineQuery<boolean>('has factory', (db, path) => isSaidIn(db, path, FACTORY));

/** A module that holds an application after all modules that may were imported, in one process. */
interface Holder {
  readonly path: string;
  readonly madeAt: string;
  readonly madeDuring: string;
}

interface Together {
  readonly holders: readonly Holder[];
  /** The module that was followed first, and so alone, with what it held by then. */
  readonly first: { readonly path: string; readonly applications: readonly Application[] } | null;
}

/** By `tests` or `served`: all modules that may hold an application, of tests or of the rest, in one process. */
const followedTogether = defineQuery<Together>('followed together', (db, which) => {
  const machine = createMachine(db, createLibrary(db.get(installedPackages, '')));
  const found: Holder[] = [];
  let first: Together['first'] = null;
  const candidates = [...db.get(knownFiles, '')].filter(
    (path) =>
      db.get(looksLikeTest, path) === (which === 'tests') && db.get(mayHoldApplication, path),
  );
  // What a server is most likely given need not be followed again alone.
  const isEntry = (path: string) => ENTRY.test(path) && isSaidIn(db, path, APPLICATION);
  for (const path of [...candidates].sort((a, b) => Number(isEntry(b)) - Number(isEntry(a)))) {
    followed(() => machine.runFile(path));
    first ??= { path, applications: heldBy(db, machine, path) };
    for (const value of machine.modules.get(path)?.attrs.values() ?? []) {
      const app = applicationOf(value);
      if (app !== undefined) found.push({ path, ...origin(app) });
    }
    // A factory is called when nobody in the project does.
    if (db.get(hasFactory, path)) found.push({ path, madeAt: '', madeDuring: '' });
  }
  return { holders: found, first };
});

/** The applications that a file holds; a file that holds none is not followed alone. */
export function applicationsOf(db: Reader, path: string): readonly Application[] {
  const isHolder = ['served', 'tests'].some((which) =>
    db.get(followedTogether, which).holders.some((holder) => holder.path === path),
  );
  return isHolder ? db.get(applicationsIn, path) : [];
}

/**
 * Every application of the project, once, by path. One that several modules hold is listed where it has the most
 * routes: a module that registers more than the one that makes it is what a server is given. Each is followed alone, as
 * it would be served. Tests put applications together too; they count where nothing else has routes.
 */
export const applications = defineQuery<readonly Application[]>('all applications', (db) => {
  const served = collected(db, 'served');
  return served.some(({ routes }) => routes.length > 0)
    ? served
    : [...served, ...collected(db, 'tests')];
});

/** How many modules that hold the same application are each followed alone. */
const MAX_ENTRIES = 4;

/** The modules to follow: of each application first the one that makes it, then what looks like what a server is given. */
function entriesOf(all: readonly Holder[]): ReadonlySet<string> {
  const rank = ({ path, madeAt, madeDuring }: Holder) =>
    `${madeDuring}${madeAt}`.startsWith(`${path}#`) ? 0 : ENTRY.test(path) ? 1 : 2;
  const byApplication = new Map<string, Holder[]>();
  for (const holder of all) {
    const key = holder.madeAt === '' ? holder.path : `${holder.madeDuring} ${holder.madeAt}`;
    byApplication.set(key, [...(byApplication.get(key) ?? []), holder]);
  }
  return new Set(
    [...byApplication.values()].flatMap((several) =>
      [...several]
        .sort((a, b) => rank(a) - rank(b))
        .slice(0, MAX_ENTRIES)
        .map(({ path }) => path),
    ),
  );
}

function collected(db: Reader, which: 'served' | 'tests'): readonly Application[] {
  const all: Application[] = [];
  for (const path of entriesOf(db.get(followedTogether, which).holders))
    all.push(...db.get(applicationsIn, path));
  // A function that makes several: each module that calls it has its own. Its own calls are for those who have none.
  const inModules = new Set(all.flatMap(({ madeAt, madeDuring }) => (madeDuring ? madeAt : [])));
  const best = new Map<string, Application>();
  for (const one of all) {
    if (one.madeDuring === '' && inModules.has(one.madeAt)) continue;
    const key = `${one.madeDuring} ${one.madeAt}`;
    const known = best.get(key);
    if (known === undefined || isBetter(one, known)) best.set(key, one);
  }
  return [...best.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function isBetter(one: Application, known: Application): boolean {
  const isFactory = (application: Application) => application.variable.endsWith('()');
  // What a module holds is what is served; its factory is for those who make their own.
  if (isFactory(one) !== isFactory(known)) return isFactory(known);
  const more = one.routes.length - known.routes.length;
  if (more !== 0) return more > 0;
  return known.isImported && !one.isImported;
}

function origin(app: Instance): Pick<Application, 'madeAt' | 'madeDuring'> {
  const { site, during } = app.state as { site: Site; during: string };
  return { madeAt: `${site.block}:${site.start}`, madeDuring: during };
}
