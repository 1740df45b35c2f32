/** Routers with routes that nothing uses, beside modules whose routes are served. */
import { moduleScope } from '../../python/bindings.ts';
import { blockOf, functionOf, moduleScopeId, pathOf } from '../../python/definitions.ts';
import { knownFiles, parentOf } from '../../python/modules.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { defineGlance, type Glance, isSaidIn } from '../../syntax/glances.ts';
import { subjectOf } from '../subject.ts';
import { filesThatName, isTakenElsewhere, isTakenInside, stemOf } from './mentions.ts';
import { applications } from './project.ts';

export interface UnreachedRouter {
  readonly name: string;
  readonly at: { readonly block: string; readonly start: number; readonly end: number };
  /** Something imports its module, for something else. */
  readonly isImported: boolean;
}

interface RouterWithRoutes extends Omit<UnreachedRouter, 'isImported'> {
  /** The blocks of the functions that are its routes. */
  readonly routes: readonly string[];
}

/** Modules are imported by names that are put together, by names in settings, or run as they are. */
const DISCOVERY = defineGlance(
  /\bimportlib\b(?!\.(?:metadata|resources))|\b(?:pkgutil|runpy|__import__|import_string|entry_points|stevedore|pluggy)\b|(?<![.\w])(?:exec|eval)\(/,
  [
    'importlib',
    'pkgutil',
    'runpy',
    '__import__',
    'import_string',
    'entry_points',
    'stevedore',
    'pluggy',
    'exec(',
    'eval(',
  ],
);
/** With `__all__`: a package that imports what its folder holds. */
const LISTING = defineGlance(/\b(?:iterdir|listdir|scandir)\b|\bglob\(/, [
  'iterdir',
  'listdir',
  'scandir',
  'glob(',
]);
const ALL = defineGlance(/__all__/);
const ROUTER = defineGlance(/APIRouter/);
/** It may be what a server is given, or put itself together. */
const ENTRY = defineGlance(/\b(?:FastAPI|Starlette|include_router|mount|__main__)\b/, [
  'FastAPI',
  'Starlette',
  'include_router',
  'mount',
  '__main__',
]);
const VERBS: ReadonlySet<string> = new Set(
  'get put post delete options head patch trace api_route websocket'.split(' '),
);

/** By path: whether a file may import modules that it doesn't name. */
const discovers = defineQuery<boolean>('discovers modules', (db, path) => {
  const says = (glance: Glance) => isSaidIn(db, path, glance);
  const isFound = says(DISCOVERY) || (says(ALL) && says(LISTING));
  const { purpose } = subjectOf(db, moduleScopeId(path));
  return isFound && purpose !== 'test' && purpose !== 'migration';
});

/** By path: the routers that a module makes and declares routes on. */
const routersIn = defineQuery<readonly RouterWithRoutes[]>('routers with routes', (db, path) => {
  if (!isSaidIn(db, path, ROUTER) || isSaidIn(db, path, ENTRY)) return [];
  const { names } = db.get(moduleScope, path);
  const byRouter = new Map<string, string[]>();
  for (const binding of Object.values(names).flat()) {
    if (binding.kind !== 'definition') continue;
    for (const decorator of functionOf(db, binding.id)?.decorators ?? []) {
      if (decorator.type !== 'call' || decorator.callee.type !== 'attribute') continue;
      const { object, name } = decorator.callee;
      if (object.type !== 'name' || !VERBS.has(name)) continue;
      byRouter.set(object.id, [...(byRouter.get(object.id) ?? []), blockOf(binding.id)]);
    }
  }
  return [...byRouter].flatMap(([name, routes]) => {
    const [binding, ...others] = names[name] ?? [];
    if (binding?.kind !== 'value' || others.length > 0) return [];
    const { value, scope, unpack } = binding;
    if (value?.type !== 'call' || unpack !== undefined) return [];
    const block = blockOf(scope);
    if (subjectOf(db, block).nameOf(value.callee, scope) !== 'fastapi.APIRouter') return [];
    return { name, at: { block, start: value.start, end: value.end }, routes };
  });
});

/**
 * Routers that no application can have: no file names their module, or none that does uses them. Only beside modules
 * whose routers are served: that is where somebody would look for them.
 */
export const unreachedRouters = defineQuery<readonly UnreachedRouter[]>(
  'unreached routers',
  (db) => {
    const served = db
      .get(applications, '')
      .filter(({ path }) => subjectOf(db, moduleScopeId(path)).purpose === 'application')
      .flatMap(({ routes, late }) => [...routes, ...late.flatMap((entry) => entry.routes)])
      .filter(({ includes }) => includes.length > 0)
      .map(({ at }) => at.block);
    if (served.length === 0) return [];
    const reached = new Set(served);
    const neighbours = new Set(served.flatMap((block) => placesLike(pathOf(block))));
    const files = [...db.get(knownFiles, '')];
    if (files.some((path) => db.get(discovers, path))) return [];
    return files
      .filter((path) => placesLike(path).some((place) => neighbours.has(place)) && isModule(path))
      .flatMap((path) => db.get(routersIn, path))
      .filter(({ routes }) => !routes.some((block) => reached.has(block)))
      .flatMap((router) => standingOf(db, router) ?? []);
  },
);

/** Its folder, and the modules called like it in the folders beside: `books/router.py`, `users/router.py`. */
function placesLike(path: string): readonly string[] {
  const folder = parentOf(path);
  return [folder, `${parentOf(folder)}/*/${stemOf(path)}`];
}

function isModule(path: string): boolean {
  const stem = stemOf(path);
  return /^[A-Za-z]\w*$/.test(stem) && !/^test|test$/.test(stem);
}

function standingOf(db: Reader, router: RouterWithRoutes): UnreachedRouter | undefined {
  const { name, at } = router;
  const path = pathOf(at.block);
  if (filesThatName(db, path).length === 0) return { name, at, isImported: false };
  if (isTakenElsewhere(db, path, name) || isTakenInside(db, path, name, VERBS)) return undefined;
  return { name, at, isImported: true };
}
