/** Routers with routes in modules that nothing imports, beside modules whose routes are served. */
import { moduleScope } from '../../python/bindings.ts';
import { blockOf, functionOf, moduleScopeId, pathOf } from '../../python/definitions.ts';
import { knownFiles, parentOf } from '../../python/modules.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { fileText } from '../../syntax/source.ts';
import { subjectOf } from '../subject.ts';
import { applications } from './project.ts';

export interface UnreachedRouter {
  readonly name: string;
  readonly at: { readonly block: string; readonly start: number; readonly end: number };
}

/** Modules are found by their files, by names in settings, or run as they are. */
const DISCOVERY =
  /\bimportlib\b(?!\.(?:metadata|resources))|\b(?:pkgutil|runpy|__import__|import_string|entry_points|stevedore|pluggy|iterdir|listdir|scandir)\b|\bglob\(|(?<![.\w])(?:exec|eval)\(/;
/** It may be what a server is given, or put itself together. */
const ENTRY = /\b(?:FastAPI|Starlette|include_router|mount|__main__)\b/;
const IMPORT =
  /\b(?:from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import\b[ \t]*(\((?:[^)#]|#[^\n]*\n)*\)|(?:[^\n\\]|\\\r?\n)*)|import[ \t]+((?:[^\n\\]|\\\r?\n)*))/g;
const TEXT = /["']([\w-]+(?:[./:]+[\w-]+)+)["']/g;
const VERBS: ReadonlySet<string> = new Set(
  'get put post delete options head patch trace api_route websocket'.split(' '),
);

/** By path: whether a file may import modules that it doesn't name. */
const discovers = defineQuery<boolean>('discovers modules', (db, path) =>
  DISCOVERY.test(db.get(fileText, path)),
);

/**
 * By path: the last two parts, or the only one, of every dotted name that a file may import, by a glance at its text:
 * imports anywhere, those in comments too (they are left out on purpose), and texts that could be names of modules.
 */
const namedModules = defineQuery<readonly string[]>('named modules', (db, path) => {
  const text = db.get(fileText, path);
  const found = new Set<string>();
  const add = (parts: readonly string[]) => found.add(parts.slice(-2).join('.'));
  for (const [, dots = '', module = '', names = '', plain = ''] of text.matchAll(IMPORT)) {
    for (const dotted of plain.split(','))
      add(dotted.replaceAll('\\', ' ').trim().split(/\s/)[0]?.split('.') ?? []);
    let folder = parentOf(path);
    for (let level = 1; level < dots.length; level++) folder = parentOf(folder);
    const around = dots === '' ? [] : folder.split('/');
    const parts = [...around, ...module.split('.').filter(Boolean)];
    add(parts);
    for (const [name] of names.matchAll(/\w+/g)) add([...parts, name]);
  }
  for (const [, name = ''] of text.matchAll(TEXT)) {
    const parts = name.replace(/\.py$/, '').split(/[./:]+/);
    add(parts);
    // The rest is an attribute. A single part is a word like any other.
    if (parts.length > 2) add(parts.slice(0, -1));
  }
  return [...found].sort();
});

const allNamedModules = defineQuery<ReadonlySet<string>>('all named modules', (db) => {
  const found = new Set<string>();
  for (const path of db.get(knownFiles, ''))
    for (const name of db.get(namedModules, path)) found.add(name);
  return found;
});

/** By path: the routers that a module makes and declares routes on. */
const routersIn = defineQuery<readonly UnreachedRouter[]>('routers with routes', (db, path) => {
  const text = db.get(fileText, path);
  if (!text.includes('APIRouter') || ENTRY.test(text)) return [];
  const { names } = db.get(moduleScope, path);
  const used = new Set(
    Object.values(names)
      .flat()
      .flatMap((binding) =>
        binding.kind === 'definition' ? (functionOf(db, binding.id)?.decorators ?? []) : [],
      )
      .flatMap((decorator) =>
        decorator.type === 'call' &&
        decorator.callee.type === 'attribute' &&
        decorator.callee.object.type === 'name' &&
        VERBS.has(decorator.callee.name)
          ? decorator.callee.object.id
          : [],
      ),
  );
  return [...used].flatMap((name) => {
    const [binding, ...others] = names[name] ?? [];
    if (binding?.kind !== 'value' || others.length > 0) return [];
    const { value, scope, unpack } = binding;
    if (value?.type !== 'call' || unpack !== undefined) return [];
    const block = blockOf(scope);
    if (subjectOf(db, block).nameOf(value.callee, scope) !== 'fastapi.APIRouter') return [];
    return { name, at: { block, start: value.start, end: value.end } };
  });
});

/**
 * Routers that no application can have, because no file names their module. Only beside modules whose routers are
 * served: that is where somebody would look for it.
 */
export const unreachedRouters = defineQuery<readonly UnreachedRouter[]>(
  'unreached routers',
  (db) => {
    const served = db
      .get(applications, '')
      .filter(({ path }) => subjectOf(db, moduleScopeId(path)).purpose === 'application')
      .flatMap(({ routes }) => routes)
      .filter(({ includes }) => includes.length > 0)
      .map(({ at }) => pathOf(at.block));
    if (served.length === 0) return [];
    const reached = new Set(served);
    const folders = new Set(served.map(parentOf));
    const files = [...db.get(knownFiles, '')];
    if (files.some((path) => db.get(discovers, path))) return [];
    return files
      .filter((path) => folders.has(parentOf(path)) && !reached.has(path) && !isNamed(db, path))
      .flatMap((path) => db.get(routersIn, path));
  },
);

function isNamed(db: Reader, path: string): boolean {
  const folder = parentOf(path);
  const stem = path.slice(folder.length + 1, -'.py'.length);
  const named = db.get(allNamedModules, '');
  const init = `${folder}/__init__.py`;
  return (
    !/^[A-Za-z]\w*$/.test(stem) ||
    /^test|test$/.test(stem) ||
    named.has(stem) ||
    named.has(`${folder.slice(folder.lastIndexOf('/') + 1)}.${stem}`) ||
    // `__all__` imports modules by their bare names.
    (db.get(knownFiles, '').has(init) && new RegExp(`\\b${stem}\\b`).test(db.get(fileText, init)))
  );
}
