/** The applications of a project with all their routes, found by following what their modules do when imported. */
import { moduleScope } from '../../python/bindings.ts';
import { createMachine, type Machine, OutOfSteps, Raised } from '../../python/execution/machine.ts';
import type { Instance, Obj, Site } from '../../python/execution/objects.ts';
import { knownFiles } from '../../python/modules.ts';
import { functionSignature } from '../../python/signatures.ts';
import { defineInput, defineQuery, type Reader } from '../../query/database.ts';
import { fileText } from '../../syntax/source.ts';
import { applicationOf } from './apps.ts';
import { flatten, type ServedRoute } from './flatten.ts';
import { createLibrary } from './library.ts';

export interface Application {
  /** The variable that holds it, or `create_app()` for a factory. */
  readonly variable: string;
  readonly path: string;
  /** The module only imports it. */
  readonly isImported: boolean;
  /** Where the application is made: it is the same one wherever it is imported. */
  readonly madeAt: string;
  readonly routes: readonly ServedRoute[];
}

/** Names of packages that the project pins: importing one of them works. */
export const installedPackages = defineInput<ReadonlySet<string>>('installed packages', new Set());

/** By path: the applications that a module holds after it was imported, alone in its process. */
export const applicationsIn = defineQuery<readonly Application[]>('applications', (db, path) => {
  const machine = createMachine(db, createLibrary(db.get(installedPackages, '')));
  followed(() => machine.runFile(path));
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
      madeAt: madeAt(app),
      routes: followed(() => flatten(machine, app)) ?? [],
    });
  }
  found.push(...fromFactories(db, machine, path, attrs));
  return found;
});

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
        madeAt: madeAt(app),
        routes: followed(() => flatten(machine, app)) ?? [],
      });
  }
  return found;
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

const MENTION = /\b(?:FastAPI|Starlette)\b/;

/** By path: whether a file can hold an application at all. A file that never says so is not read further. */
const mentionsApp = defineQuery<boolean>('mentions app', (db, path) =>
  MENTION.test(db.get(fileText, path)),
);

/** The applications that a file holds; a file that can hold none is not followed. */
export function applicationsOf(db: Reader, path: string): readonly Application[] {
  const mayHold =
    db.get(mentionsApp, path) ||
    /(?:^|\/)(?:main|app|asgi|server|api|wsgi|__init__)\.py$/.test(path);
  return mayHold ? db.get(applicationsIn, path) : [];
}

/**
 * Every application of the project, once, by path. One that several modules hold is listed where it has the most
 * routes: a module that registers more than the one that makes it is what a server is given.
 */
export const applications = defineQuery<readonly Application[]>('all applications', (db) => {
  const best = new Map<string, Application>();
  for (const path of db.get(knownFiles, '')) {
    for (const one of applicationsOf(db, path)) {
      const known = best.get(one.madeAt);
      if (known === undefined || isBetter(one, known)) best.set(one.madeAt, one);
    }
  }
  return [...best.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
});

function isBetter(one: Application, known: Application): boolean {
  const more = one.routes.length - known.routes.length;
  if (more !== 0) return more > 0;
  const isFactory = (application: Application) => application.variable.endsWith('()');
  if (isFactory(one) !== isFactory(known)) return isFactory(known);
  return known.isImported && !one.isImported;
}

function madeAt(app: Instance): string {
  const { site } = app.state as { site: Site };
  return `${site.block}:${site.start}`;
}
