/** Where names lead: through scopes, imports, aliases, re-exports and star imports. */
import { publicName } from '../knowledge/names.ts';
import { BUILTINS } from '../knowledge/stdlib.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { type Binding, classScope, functionScope, moduleScope, type Scope } from './bindings.ts';
import { blockOf, definitionOf, enclosingOf, moduleScopeId, pathOf } from './definitions.ts';
import { type ModuleTarget, resolveModule, resolveRelative, submodule } from './modules.ts';
import type { Value } from './values.ts';

export type Traced =
  | { readonly kind: 'bindings'; readonly bindings: readonly Binding[]; readonly scope: string }
  | { readonly kind: 'value'; readonly value: Value };

export interface Tracer {
  /** Where a name leads, read in a scope: its bindings, in the file that has them, or something of another package. */
  trace(name: string, scope: string): Traced | undefined;
  /** Where an import binding in a file leads. */
  imported(binding: Binding, path: string): Traced | undefined;
  /** A name in a module of the workspace: its own, or a module below a package. */
  member(base: ModuleTarget, name: string): Traced | undefined;
  /** A module's own name, star imports included. */
  exported(path: string, name: string): Traced | undefined;
}

/** By `path\nname`: one name of a module, so that its readers do not depend on the others. */
const moduleNames = defineQuery<readonly Binding[]>('name', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  return db.get(moduleScope, path).names[name] ?? [];
});

const starImports = defineQuery<readonly { readonly module: string; readonly level: number }[]>(
  'stars',
  (db, path) => db.get(moduleScope, path).stars,
);

/** By path: the names of built-ins that mean something else in a module, `*` where a star import may bring any. */
const shadowed = defineQuery<readonly string[]>('shadowed built-ins', (db, path) => {
  const { names, stars } = db.get(moduleScope, path);
  const own = Object.keys(names).filter((name) => BUILTINS.has(name));
  return stars.length > 0 ? [...own, '*'] : own;
});

/** By `path\nname`: whether a star import of a module brings a name: what `__all__` says, else no private names. */
const starExports = defineQuery<boolean>('star export', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  const [all] = db.get(moduleNames, `${path}\n__all__`);
  if (all?.kind !== 'value' || (all.value?.type !== 'list' && all.value?.type !== 'tuple'))
    return !name.startsWith('_');
  return all.value.elements.some((element) => element.type !== 'string' || element.value === name);
});

interface VisibleScope {
  readonly id: string;
  readonly names: Scope;
}

/** By `path\nname`: where a module's own name leads, so that who uses it need not follow it through each import. */
const exportedName = defineQuery<Traced | null>('exported name', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  return followExport(db, path, name, new Set()) ?? null;
});

export function createTracer(db: Reader): Tracer {
  /** A tracer lives as long as one query, which asks for many names of few scopes. */
  const visible = new Map<string, readonly VisibleScope[]>();

  /** The scopes between a place and its module whose names it sees, innermost first. */
  function visibleFrom(scope: string): readonly VisibleScope[] {
    const known = visible.get(scope);
    if (known !== undefined) return known;
    const found: VisibleScope[] = [];
    for (let id: string | null = scope; id !== null; id = enclosingOf(id)) {
      const definition = definitionOf(db, id);
      const isFunction = definition?.node.type === 'function';
      const isInner = id === scope;
      // A class's names are seen by the statements of its body, not by its methods.
      if (isFunction || (definition !== undefined && isInner))
        found.push({ id, names: db.get(isFunction ? functionScope : classScope, id) });
      else if (definition === undefined && isInner) {
        const owner = enclosingOf(blockOf(id));
        if (owner !== null) found.push({ id: owner, names: db.get(classScope, owner) });
      }
    }
    visible.set(scope, found);
    return found;
  }

  function trace(name: string, scope: string): Traced | undefined {
    for (const { id, names } of visibleFrom(scope)) {
      const bindings = names.names[name];
      if (bindings !== undefined && !names.outer.includes(name))
        return follow(bindings, id, pathOf(id));
    }
    const path = pathOf(scope);
    const builtin = {
      kind: 'value',
      value: { kind: 'external', name: `builtins.${name}` },
    } as const;
    if (BUILTINS.has(name)) {
      const others = db.get(shadowed, path);
      if (!others.includes(name) && !others.includes('*')) return builtin;
    }
    const found = exported(path, name);
    // A name that is bound, but to nothing that can be found, is no built-in.
    if (found !== undefined || db.get(moduleNames, `${path}\n${name}`).length > 0) return found;
    return builtin;
  }

  function exported(path: string, name: string): Traced | undefined {
    return db.get(exportedName, `${path}\n${name}`) ?? undefined;
  }

  function imported(binding: Binding, path: string): Traced | undefined {
    return followImport(db, binding, path, exported);
  }

  function member(base: ModuleTarget, name: string): Traced | undefined {
    return memberOf(db, base, name, exported);
  }

  /** Goes through an import, if that is what the bindings are, to what is imported. */
  function follow(bindings: readonly Binding[], scope: string, path: string): Traced | undefined {
    return followBindings(db, bindings, scope, path, exported);
  }

  return { trace, imported, member, exported };
}

/** Where a name that a module exports leads. */
type Exported = (path: string, name: string) => Traced | undefined;

/** Goes through an import, if that is what the bindings are, to what is imported. */
function followBindings(
  db: Reader,
  bindings: readonly Binding[],
  scope: string,
  path: string,
  exported: Exported,
): Traced | undefined {
  const [first] = bindings;
  if (bindings.length !== 1 || first === undefined) return { kind: 'bindings', bindings, scope };
  if (first.kind !== 'module' && first.kind !== 'from')
    return { kind: 'bindings', bindings, scope };
  return followImport(db, first, path, exported);
}

function followImport(
  db: Reader,
  binding: Binding,
  path: string,
  exported: Exported,
): Traced | undefined {
  if (binding.kind === 'module') {
    const target = resolveModule(db, path, binding.module);
    const value = target
      ? moduleValue(target)
      : ({ kind: 'external', name: publicName(binding.module) } as const);
    return { kind: 'value', value };
  }
  if (binding.kind !== 'from') return undefined;
  const { module, level: dots, name } = binding;
  const base = dots > 0 ? resolveRelative(db, path, dots, module) : resolveModule(db, path, module);
  if (base !== null) return memberOf(db, base, name, exported);
  if (dots > 0) return undefined;
  return { kind: 'value', value: { kind: 'external', name: publicName(`${module}.${name}`) } };
}

function moduleValue(target: ModuleTarget): Value {
  return target.kind === 'file'
    ? { kind: 'module', path: target.path }
    : { kind: 'namespace', folder: target.folder };
}

function memberOf(
  db: Reader,
  base: ModuleTarget,
  name: string,
  exported: Exported,
): Traced | undefined {
  if (base.kind === 'file') {
    const own = exported(base.path, name);
    if (own !== undefined) return own;
  }
  const below = submodule(db, base, name);
  return below ? { kind: 'value', value: moduleValue(below) } : undefined;
}

/** A module's own name, followed through other modules within one query: modules may import each other in circles. */
function followExport(
  db: Reader,
  path: string,
  name: string,
  underWay: Set<string>,
): Traced | undefined {
  const key = `${path}\n${name}`;
  if (underWay.has(key)) return undefined;
  underWay.add(key);
  const exported: Exported = (from, own) => followExport(db, from, own, underWay);
  try {
    const bindings = db.get(moduleNames, key);
    if (bindings.length > 0)
      return followBindings(db, bindings, moduleScopeId(path), path, exported);
    for (const { module, level: dots } of db.get(starImports, path)) {
      const base =
        dots > 0 ? resolveRelative(db, path, dots, module) : resolveModule(db, path, module);
      const isGiven = base?.kind === 'file' && db.get(starExports, `${base.path}\n${name}`);
      const found = isGiven ? exported(base.path, name) : undefined;
      if (found !== undefined) return found;
    }
    return starOfPackage(db, path, name);
  } finally {
    underWay.delete(key);
  }
}

/** A name that only the star import of one other package can have brought. */
function starOfPackage(db: Reader, path: string, name: string): Traced | undefined {
  if (BUILTINS.has(name)) return undefined;
  const outside = db
    .get(starImports, path)
    .filter(({ module, level }) => level === 0 && resolveModule(db, path, module) === null);
  const [only] = outside;
  if (only === undefined || outside.length > 1) return undefined;
  const value: Value = { kind: 'external', name: publicName(`${only.module}.${name}`) };
  return { kind: 'value', value };
}
