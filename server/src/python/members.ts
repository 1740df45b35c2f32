/** Classes: their lineage, and what an attribute of a class, an instance or a module is. */
import { publicName } from '../knowledge/names.ts';
import { BARE_BASES, EXTERNAL_BASES, memberOf } from '../knowledge/results.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression } from '../syntax/nodes.ts';
import { headOf } from '../syntax/parts.ts';
import { classScope } from './bindings.ts';
import { enclosingOf, outerScopeOf } from './definitions.ts';
import type { Parts } from './evaluate.ts';
import { classSignature, functionSignature } from './signatures.ts';
import { createTracer, type Tracer } from './trace.ts';
import { type ClassRef, externalInstance, type Value } from './values.ts';

export interface Members {
  /** What an attribute of a value is. */
  attributeOf(value: Value, name: string): Value | undefined;
  /** What a class's own body binds a name to. */
  classMember(classId: string, name: string): Value | undefined;
  /** The classes of a class and its bases, nearest first; stops at what can't be resolved. */
  lineage(ref: ClassRef): readonly ClassRef[];
  /** The value of a keyword in a class's own header: `class User(SQLModel, table=True)`. */
  classKeyword(ref: ClassRef, keyword: string): Expression | undefined;
  /** Whether a function has a decorator, by its public name. */
  hasDecorator(functionId: string, name: string): boolean;
  isProperty(functionId: string): boolean;
  /** What `super()` is in a scope. */
  superValue(scope: string): Value | undefined;
}

const IGNORED_BASES: ReadonlySet<string> = new Set([
  'typing.Generic',
  'typing.Protocol',
  'abc.ABC',
  'builtins.object',
]);

/** More classes than any real one stands below. */
const MAX_CLASSES = 100;

interface Base {
  /** The class, where the base is a plain name of one. */
  readonly ref: ClassRef | null;
  /** What stands there, without parameters in brackets. */
  readonly head: Expression;
}

/** By class id: its bases. A plain name is followed once for all who ask; it needs no evaluator. */
const plainBases = defineQuery<readonly Base[]>('bases', (db, id) => {
  const tracer = createTracer(db);
  const scope = outerScopeOf(id);
  return (db.get(classSignature, id)?.bases ?? [])
    .filter((base) => base.name === undefined)
    .map(({ value }) => {
      const head = value.type === 'subscript' ? value.object : value;
      return { head, ref: plainClass(db, tracer, head, scope) ?? null };
    });
});

function plainClass(
  db: Reader,
  tracer: Tracer,
  head: Expression,
  scope: string,
): ClassRef | undefined {
  if (head.type !== 'name') return undefined;
  const traced = tracer.trace(head.id, scope);
  if (traced?.kind === 'value') return classOf(traced.value);
  const [only, ...others] = traced?.bindings ?? [];
  if (only?.kind !== 'definition' || others.length > 0) return undefined;
  return db.get(classSignature, only.id) === null ? undefined : { kind: 'project', id: only.id };
}

function classOf(value: Value | undefined): ClassRef | undefined {
  if (value?.kind === 'class') return value.class;
  return value?.kind === 'external' ? { kind: 'external', name: value.name } : undefined;
}

const PROPERTIES: ReadonlySet<string> = new Set(['builtins.property', 'functools.cached_property']);

export function createMembers(db: Reader, tracer: Tracer, self: Parts): Members {
  function attributeOf(value: Value, name: string): Value | undefined {
    return self.bounded(() => attribute(value, name));
  }

  function attribute(value: Value, name: string): Value | undefined {
    switch (value.kind) {
      case 'external':
        return { kind: 'external', name: publicName(`${value.name}.${name}`) };
      case 'module': {
        const traced = tracer.member({ kind: 'file', path: value.path }, name);
        return traced && self.tracedValue(traced);
      }
      case 'namespace': {
        const traced = tracer.member({ kind: 'namespace', folder: value.folder }, name);
        return traced && self.tracedValue(traced);
      }
      case 'class':
        return attributeInLineage(value.class, name, false);
      case 'instance':
        if (value.made && name === 'begin') return value;
        return attributeInLineage(value.class, name, true);
      default:
        return undefined;
    }
  }

  function attributeInLineage(ref: ClassRef, name: string, onInstance: boolean): Value | undefined {
    let passed: Value | undefined;
    for (const one of lineage(ref)) {
      if (one.kind === 'external') {
        const known = onInstance ? memberOf(one.name, name) : undefined;
        if (known !== undefined) return externalInstance(known);
        const own: Value = { kind: 'external', name: publicName(`${one.name}.${name}`) };
        // It may come from a mixin that stands after it: `class User(Base, Helpers)`.
        if (!BARE_BASES.has(one.name) || name.startsWith('__')) return passed ?? own;
        passed ??= own;
        continue;
      }
      const own = classMember(one.id, name);
      if (own?.kind === 'function') {
        if (onInstance && isProperty(own.id)) return self.functionResult(own.id);
        const bound = onInstance
          ? !hasDecorator(own.id, 'builtins.staticmethod')
          : hasDecorator(own.id, 'builtins.classmethod');
        return { ...own, bound };
      }
      if (own !== undefined && own.kind !== 'none') return own;
      const assigned = onInstance ? self.selfAttribute(one.id, name) : null;
      if (assigned !== null) return assigned;
    }
    return passed;
  }

  function classMember(classId: string, name: string): Value | undefined {
    const bindings = db.get(classScope, classId).names[name];
    return bindings && self.bounded(() => self.bindingsValue(bindings, classId));
  }

  /** Of classes whose bases are plain names, which mean the same wherever they are asked for. */
  const lineages = new Map<string, readonly ClassRef[]>();

  function lineage(ref: ClassRef): readonly ClassRef[] {
    const known = ref.kind === 'project' ? lineages.get(ref.id) : undefined;
    if (known !== undefined) return known;
    let isPlain = true;
    const found: ClassRef[] = [];
    const seen = new Set<string>();
    const visit = (one: ClassRef) => {
      const key = one.kind === 'external' ? one.name : one.id;
      if (seen.has(key) || seen.size >= MAX_CLASSES) return;
      seen.add(key);
      found.push(one);
      if (one.kind === 'external') {
        for (const base of EXTERNAL_BASES[one.name] ?? []) visit({ kind: 'external', name: base });
        return;
      }
      const scope = outerScopeOf(one.id);
      for (const base of db.get(plainBases, one.id)) {
        isPlain &&= base.ref !== undefined;
        const ref = base.ref ?? classOf(self.meaningOf(base.head, scope));
        if (ref && !(ref.kind === 'external' && IGNORED_BASES.has(ref.name))) visit(ref);
      }
    };
    visit(ref);
    if (isPlain && ref.kind === 'project') lineages.set(ref.id, found);
    return found;
  }

  function classKeyword(ref: ClassRef, keyword: string): Expression | undefined {
    if (ref.kind === 'external') return undefined;
    return db.get(classSignature, ref.id)?.bases.find((base) => base.name === keyword)?.value;
  }

  function hasDecorator(functionId: string, name: string): boolean {
    return isDecorated(functionId, (decorator) => decorator === name);
  }

  function isProperty(functionId: string): boolean {
    return isDecorated(functionId, (decorator) => PROPERTIES.has(decorator));
  }

  function isDecorated(functionId: string, fits: (name: string) => boolean): boolean {
    const decorators = db.get(functionSignature, functionId)?.decorators ?? [];
    return decorators.some((decorator) => {
      const value = self.meaningOf(headOf(decorator), outerScopeOf(functionId));
      return value?.kind === 'external' && fits(value.name);
    });
  }

  function superValue(scope: string): Value | undefined {
    for (let id: string | null = scope; id !== null; id = enclosingOf(id)) {
      if (db.get(classSignature, id) === null) continue;
      const [, base] = lineage({ kind: 'project', id });
      return base && { kind: 'instance', class: base };
    }
    return undefined;
  }

  return {
    attributeOf,
    classMember,
    lineage,
    classKeyword,
    hasDecorator,
    isProperty,
    superValue,
  };
}
