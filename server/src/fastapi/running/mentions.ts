/** Who in a project names a module, and what of it is used. */
import {
  knownFiles,
  type ModuleTarget,
  parentOf,
  resolveModule,
  resolveRelative,
  submodule,
} from '../../python/modules.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Import, ImportFrom } from '../../syntax/nodes.ts';
import { allIds, blockSource, fileShape, fileText } from '../../syntax/source.ts';

const IMPORT =
  /\b(?:from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import\b[ \t]*(\((?:[^)#]|#[^\n]*\n)*\)|(?:[^\n\\]|\\\r?\n)*)|import[ \t]+((?:[^\n\\]|\\\r?\n)*))/g;
const TEXT = /["']([\w-]+(?:[./:]+[\w-]+)+)["']/g;

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

/** By such a name: the files that have it. */
const filesNaming = defineQuery<ReadonlyMap<string, readonly string[]>>('files naming', (db) => {
  const found = new Map<string, string[]>();
  for (const path of db.get(knownFiles, ''))
    for (const name of db.get(namedModules, path)) {
      const files = found.get(name);
      if (files === undefined) found.set(name, [path]);
      else files.push(path);
    }
  return found;
});

/** A package as if it were a file. */
function moduleFile(path: string): string {
  return path.replace(/\/__init__\.py$/, '.py');
}

export function stemOf(path: string): string {
  return path.slice(parentOf(path).length + 1, -'.py'.length);
}

/** The files that may import a module. */
export function filesThatName(db: Reader, path: string): readonly string[] {
  const own = moduleFile(path);
  const folder = parentOf(own);
  const stem = stemOf(own);
  const naming = db.get(filesNaming, '');
  const inFolder = `${folder.slice(folder.lastIndexOf('/') + 1)}.${stem}`;
  const init = `${folder}/__init__.py`;
  // `__all__` imports modules by their bare names.
  const isListed =
    db.get(knownFiles, '').has(init) && new RegExp(`\\b${stem}\\b`).test(db.get(fileText, init));
  return [
    ...(naming.get(stem) ?? []),
    ...(naming.get(inFolder) ?? []),
    ...(isListed ? [init] : []),
  ];
}

interface Taken {
  /** `*` where it can't be told. */
  readonly name: string;
  /** What a file calls it that only imports it, for others perhaps. */
  readonly lentAs?: string;
}

const ANYTHING: readonly Taken[] = [{ name: '*' }];

/** By path: what a file takes of the project's modules, by their paths. */
const taken = defineQuery<Readonly<Record<string, readonly Taken[]>>>('taken', (db, path) => {
  const found: Record<string, Taken[]> = {};
  const add: Add = (target, names) => {
    if (target?.kind === 'file') found[target.path] = [...(found[target.path] ?? []), ...names];
  };
  for (const block of allIds(db.get(fileShape, path)))
    for (const { node } of sitesOf(db, block).imports) {
      if (node.type === 'import') takenByImport(db, path, node, add);
      else takenByFrom(db, path, node, add);
    }
  return found;
});

type Add = (target: ModuleTarget | null, names: readonly Taken[]) => void;

function takenByImport(db: Reader, path: string, { names }: Import, add: Add): void {
  for (const { name, alias } of names) {
    const isChain = alias === undefined && name.includes('.');
    add(
      resolveModule(db, path, name),
      isChain ? ANYTHING : attributesRead(db, path, alias ?? name),
    );
  }
}

function takenByFrom(db: Reader, path: string, node: ImportFrom, add: Add): void {
  const { module, level, names } = node;
  const base =
    level > 0 ? resolveRelative(db, path, level, module) : resolveModule(db, path, module);
  if (base === null) return;
  for (const { name, alias } of names) {
    const own = alias ?? name;
    const isRead = name === '*' || readsOf(db, path, own).length > 0;
    add(base, [isRead ? { name } : { name, lentAs: own }]);
    if (name !== '*') add(submodule(db, base, name), attributesRead(db, path, own));
  }
}

/** The attributes that a file reads of a name; anything, where it does something else with it, or lends it to others. */
function attributesRead(db: Reader, path: string, name: string): readonly Taken[] {
  if (path.endsWith('/__init__.py')) return ANYTHING;
  return readsOf(db, path, name).map((rest) => ({
    name: /^\s*\.\s*(\w+)/.exec(rest)?.[1] ?? '*',
  }));
}

/** The text that follows a name, wherever a file reads it. */
function readsOf(db: Reader, path: string, name: string): readonly string[] {
  return allIds(db.get(fileShape, path)).flatMap((block) => {
    const { text } = db.get(blockSource, block);
    if (!text.includes(name)) return [];
    return sitesOf(db, block)
      .names.filter(({ node }) => node.id === name)
      .map(({ node }) => text.slice(node.end));
  });
}

/** How many files may lend a name on. */
const MAX_LENT = 4;

/** Whether anything outside of a module may use a name of it, or left it out on purpose. */
export function isTakenElsewhere(db: Reader, path: string, name: string, depth = 0): boolean {
  const comment = new RegExp(`#.*\\b(?:${stemOf(moduleFile(path))}|${name})\\b`);
  return filesThatName(db, path).some((file) => {
    const text = db.get(fileText, file);
    if (file === path || comment.test(text)) return true;
    const isTaken = ({ name: one, lentAs }: Taken) => {
      if (one !== name) return one === '*';
      if (lentAs === undefined || text.includes('__all__') || depth >= MAX_LENT) return true;
      return isTakenElsewhere(db, file, lentAs, depth + 1);
    };
    return db.get(taken, file)[path]?.some(isTaken) ?? true;
  });
}

/** Whether a module reads a name for more than these methods of it. */
export function isTakenInside(
  db: Reader,
  path: string,
  name: string,
  methods: ReadonlySet<string>,
): boolean {
  return readsOf(db, path, name).some(
    (rest) => !methods.has(/^\s*\.\s*(\w+)\s*\(/.exec(rest)?.[1] ?? ''),
  );
}
