/** `import` and `from … import`: which module is run for it, and what becomes bound. */
import type { Reader } from '../../query/database.ts';
import {
  knownFiles,
  type ModuleTarget,
  resolveModule,
  resolveRelative,
  submodule,
} from '../modules.ts';
import { type Machine, Raised } from './machine.ts';
import { external, type Obj, text, UNKNOWN } from './objects.ts';

export interface Importer {
  importModule(fromPath: string, dotted: string): Obj;
  importFrom(fromPath: string, level: number, module: string, name: string): Obj;
  importStar(fromPath: string, level: number, module: string, into: Map<string, Obj>): void;
  /** A name of a module: its own, a module below it, or what its `__getattr__` gives. */
  memberOf(base: Obj, name: string): Obj | undefined;
}

/** `externalName` is of something in another package, by any of its names. */
export function createImporter(machine: Machine, externalName: (dotted: string) => Obj): Importer {
  const { db, library, modules, tries } = machine;

  function targetModule(target: ModuleTarget | null, name?: string): Obj | undefined {
    if (target === null) return undefined;
    return target.kind === 'file'
      ? machine.runFile(target.path, name)
      : { kind: 'namespace', folder: target.folder };
  }

  /** The last import: each name of `from a import b, c` asks for the module again. */
  let last: { fromPath: string; dotted: string; value: Obj } | undefined;

  function importModule(fromPath: string, dotted: string): Obj {
    if (last?.fromPath === fromPath && last.dotted === dotted) return last.value;
    const value = importParts(fromPath, dotted);
    last = { fromPath, dotted, value };
    return value;
  }

  /** `import a.b.c`: runs each, hangs each on the one before, as Python does, and gives the last. */
  function importParts(fromPath: string, dotted: string): Obj {
    const [top = '', ...rest] = dotted.split('.');
    let target = resolveModule(db, fromPath, top);
    if (target === null) {
      if (library.isMissing(dotted)) throw new Raised('ImportError');
      return external(dotted);
    }
    let current = targetModule(target, top) ?? UNKNOWN;
    let name = top;
    for (const part of rest) {
      const next: ModuleTarget | null = submodule(db, target, part);
      if (next === null) throw new Raised('ImportError');
      name = `${name}.${part}`;
      const isLoaded = next.kind === 'file' && modules.has(next.path);
      const loaded = targetModule(next, name) ?? UNKNOWN;
      // Only the first import of a module hangs it on its package, which may by now mean something else by that name.
      if (current.kind === 'module' && !(isLoaded && current.attrs.has(part)))
        current.attrs.set(part, loaded);
      current = loaded;
      target = next;
    }
    return current;
  }

  function importFrom(fromPath: string, level: number, module: string, name: string): Obj {
    const base =
      level > 0 ? relativeModule(fromPath, level, module) : importModule(fromPath, module);
    if (base.kind === 'external') {
      const dotted = `${base.name}.${name}`;
      return library.constant(dotted) ?? externalName(dotted);
    }
    return (
      memberOf(base, name) ??
      (() => {
        throw new Raised('ImportError');
      })()
    );
  }

  function relativeModule(fromPath: string, level: number, module: string): Obj {
    const target = resolveRelative(db, fromPath, level, module);
    const loaded = targetModule(target);
    if (loaded === undefined) throw new Raised('ImportError');
    return loaded;
  }

  function memberOf(base: Obj, name: string): Obj | undefined {
    if (base.kind === 'module') {
      const own = base.attrs.get(name);
      if (own !== undefined) return own;
      const lazy = base.attrs.get('__getattr__');
      const below = targetModule(
        submodule(db, { kind: 'file', path: base.path }, name),
        `${base.name}.${name}`,
      );
      if (below !== undefined) {
        base.attrs.set(name, below);
        return below;
      }
      if (lazy === undefined || /^__\w+__$/.test(name)) return undefined;
      return lazyMember(lazy, name);
    }
    if (base.kind === 'namespace')
      return targetModule(submodule(db, { kind: 'namespace', folder: base.folder }, name));
    return UNKNOWN;
  }

  /** What a module's own `__getattr__` gives; nothing where it raises `AttributeError`. */
  function lazyMember(lazy: Obj, name: string): Obj | undefined {
    const site = { block: '', start: 0, end: 0, args: [] };
    tries.push(({ className }) => className === 'AttributeError');
    try {
      return machine.call(lazy, {
        args: [text(name)],
        keywords: new Map(),
        isPartial: false,
        site,
      });
    } catch (error) {
      if (error instanceof Raised && error.className === 'AttributeError') return undefined;
      throw error;
    } finally {
      tries.pop();
    }
  }

  function importStar(
    fromPath: string,
    level: number,
    module: string,
    into: Map<string, Obj>,
  ): void {
    const base =
      level > 0 ? relativeModule(fromPath, level, module) : importModule(fromPath, module);
    if (base.kind !== 'module') return;
    const all = base.attrs.get('__all__');
    const names =
      all?.kind === 'list' || all?.kind === 'tuple'
        ? all.items.flatMap((item) => (item.kind === 'str' ? item.value : []))
        : [...base.attrs.keys()].filter((name) => !name.startsWith('_'));
    for (const name of names) {
      const value = memberOf(base, name);
      if (value !== undefined) into.set(name, value);
    }
  }

  return { importModule, importFrom, importStar, memberOf };
}

/** The files directly in a folder, by module name: what `pkgutil.iter_modules` lists. */
export function modulesIn(db: Reader, folder: string): { name: string; isPackage: boolean }[] {
  const found = new Map<string, boolean>();
  for (const path of db.get(knownFiles, '')) {
    if (!path.startsWith(`${folder}/`)) continue;
    const rest = path.slice(folder.length + 1);
    const file = /^(\w+)\.py$/.exec(rest)?.[1];
    const inner = /^(\w+)\/__init__\.py$/.exec(rest)?.[1];
    if (file !== undefined && file !== '__init__') found.set(file, false);
    if (inner !== undefined) found.set(inner, true);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, isPackage]) => ({ name, isPackage }));
}
