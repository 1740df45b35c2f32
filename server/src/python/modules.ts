/** Which file a module name means, and which name a file has. */
import { STDLIB_MODULES } from '../knowledge/stdlib.ts';
import { defineInput, defineQuery, type Reader } from '../query/database.ts';
import { blocksSaying, defineGlance } from '../syntax/glances.ts';
import { blockSource } from '../syntax/source.ts';

/** The paths of every Python file of the workspace, as keys of a record (a set that compares as plain data). */
export const knownFiles = defineInput<ReadonlySet<string>>('files', new Set());
/** The folders analysed as projects: no import is looked for above them. */
export const rootPaths = defineInput<readonly string[]>('roots', []);

/** Every folder that holds a Python file, at any depth. */
const knownFolders = defineQuery<ReadonlySet<string>>('folders', (db) => {
  const folders = new Set<string>();
  for (const path of db.get(knownFiles, '')) {
    for (
      let folder = parentOf(path);
      folder !== '' && !folders.has(folder);
      folder = parentOf(folder)
    )
      folders.add(folder);
  }
  return folders;
});

export type ModuleTarget =
  /** A module or a regular package of the workspace, by its file. */
  | { readonly kind: 'file'; readonly path: string }
  /** A folder without `__init__.py`. */
  | { readonly kind: 'namespace'; readonly folder: string };

const resolvedModule = defineQuery<ModuleTarget | null>('module', (db, key) => {
  const [from = '', name = ''] = key.split('\n');
  return findModule(db, from, name);
});

/** Where the absolute import of `name` in a file leads; `null` when it is not part of the workspace. */
export function resolveModule(db: Reader, fromPath: string, name: string): ModuleTarget | null {
  return db.get(resolvedModule, `${parentOf(fromPath)}\n${name}`);
}

function findModule(db: Reader, fromFolder: string, name: string): ModuleTarget | null {
  const parts = name.split('.');
  const [top = ''] = parts;
  const roots = db.get(rootPaths, '');
  for (const folder of sourceRoots(db, fromFolder)) {
    if (inFolder(db, folder, top) === null) continue;
    // A `logging.py` deep in a project does not hide Python's own; one at its root does.
    if (STDLIB_MODULES.has(top) && !roots.includes(folder)) continue;
    // The nearest source root that has the top-level name is the one Python would use.
    return inFolder(db, folder, parts.join('/'));
  }
  // A library beside, that is installed for development.
  const [only, ...others] = db.get(librariesBeside, '').get(top) ?? [];
  return only !== undefined && others.length === 0 ? inFolder(db, only, parts.join('/')) : null;
}

/**
 * By a module's first name: the folders of libraries that hold it and are not on the way up from the files that import
 * them: a `src`, or a folder that is called like the package in it (`libs/web-kit/web_kit`).
 */
const librariesBeside = defineQuery<ReadonlyMap<string, readonly string[]>>(
  'libraries beside',
  (db) => {
    const files = db.get(knownFiles, '');
    const folders = db.get(knownFolders, '');
    const found = new Map<string, string[]>();
    const add = (name: string, folder: string) =>
      found.set(name, [...(found.get(name) ?? []), folder]);
    for (const folder of folders) {
      const holder = parentOf(folder);
      const name = folder.slice(holder.length + 1);
      const holderName = holder.slice(parentOf(holder).length + 1).replaceAll('-', '_');
      const isLibrary = holderName === name && files.has(`${folder}/__init__.py`);
      if (holderName === 'src' || (isLibrary && !files.has(`${holder}/__init__.py`)))
        add(name, holder);
    }
    for (const path of files) {
      const holder = parentOf(path);
      const name = path.slice(holder.length + 1, -'.py'.length);
      // A package beside a module of the same name comes first.
      if (holder.endsWith('/src') && !folders.has(`${holder}/${name}`)) add(name, holder);
    }
    return found;
  },
);

/** Folders that Python may import from, seen from a file: nearest first, never inside a package. */
function sourceRoots(db: Reader, fromFolder: string): string[] {
  const files = db.get(knownFiles, '');
  const folders = db.get(knownFolders, '');
  const roots = db.get(rootPaths, '');
  const found: string[] = [];
  const add = (folder: string) => {
    if (!found.includes(folder)) found.push(folder);
  };
  for (let folder = fromFolder; folder !== ''; folder = parentOf(folder)) {
    const isRoot = roots.includes(folder);
    if (isRoot || !files.has(`${folder}/__init__.py`)) add(folder);
    if (folders.has(`${folder}/src`) && !files.has(`${folder}/src/__init__.py`))
      add(`${folder}/src`);
    if (isRoot) break;
  }
  return found;
}

function inFolder(db: Reader, folder: string, relative: string): ModuleTarget | null {
  const files = db.get(knownFiles, '');
  const base = relative === '' ? folder : `${folder}/${relative}`;
  if (files.has(`${base}/__init__.py`)) return { kind: 'file', path: `${base}/__init__.py` };
  if (relative !== '' && files.has(`${base}.py`)) return { kind: 'file', path: `${base}.py` };
  if (db.get(knownFolders, '').has(base)) return { kind: 'namespace', folder: base };
  return null;
}

/** The target of a relative import: `level` dots, then `name` (may be empty). */
export function resolveRelative(
  db: Reader,
  fromPath: string,
  level: number,
  name: string,
): ModuleTarget | null {
  let folder = parentOf(fromPath);
  for (let i = 1; i < level; i++) folder = parentOf(folder);
  return inFolder(db, folder, name.split('.').join('/'));
}

/** The module `name` directly inside a package or namespace. */
export function submodule(db: Reader, target: ModuleTarget, name: string): ModuleTarget | null {
  if (target.kind === 'namespace') return inFolder(db, target.folder, name);
  if (!target.path.endsWith('/__init__.py')) return null;
  return inFolder(db, parentOf(target.path), name);
}

const IMPORTED = /^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)/gm;

const IMPORTING = defineGlance(/^[ \t]*(?:from|import)[ \t]/m);

/** By path: the first parts of the module names that a file imports, by a glance at its text. */
const importedTops = defineQuery<readonly string[]>('imported tops', (db, path) => {
  const texts = blocksSaying(db, path, IMPORTING).map((block) => db.get(blockSource, block).text);
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(IMPORTED)].map(([, top = '']) => top))),
  ];
});

const allImportedTops = defineQuery<ReadonlySet<string>>('all imported tops', (db) => {
  const found = new Set<string>();
  for (const path of db.get(knownFiles, ''))
    for (const top of db.get(importedTops, path)) found.add(top);
  return found;
});

/**
 * The dotted name of a file's module, as its project imports it. Where folders have no `__init__.py`, it starts at the
 * outermost folder that the project imports by name.
 */
export function moduleName(db: Reader, path: string): string {
  const roots = sourceRoots(db, parentOf(path));
  const tops = db.get(allImportedTops, '');
  const topBelow = (root: string) => path.slice(root.length + 1).split('/', 1)[0] ?? '';
  const source = roots.find((root) => root.endsWith('/src') && path.startsWith(`${root}/`));
  const base =
    (source !== undefined && tops.has(topBelow(source).replace(/\.py$/, ''))
      ? source
      : undefined) ??
    [...roots].reverse().find((root) => {
      const top = topBelow(root);
      const isBelow = path.startsWith(`${root}/`) && !top.endsWith('.py');
      return isBelow && tops.has(top) && nearestWith(db, roots, top) === root;
    }) ??
    source ??
    roots[0] ??
    parentOf(path);
  const relative = path.slice(base.length + 1).replace(/(?:\/__init__)?\.py$/, '');
  return relative.split('/').join('.');
}

/** The folder that an import of a first name is taken from. */
function nearestWith(db: Reader, roots: readonly string[], top: string): string | undefined {
  return roots.find((root) => inFolder(db, root, top) !== null);
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '' : path.slice(0, slash);
}
