/** What an expression may be at run time, as far as reading can tell: light types, as plain data. */
export type Value =
  /** A module that is not part of the workspace, or something in one, by its public dotted name. */
  | { readonly kind: 'external'; readonly name: string }
  /** A module of the workspace. */
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'namespace'; readonly folder: string }
  /** A function of the workspace; `bound` when it was read from an instance. */
  | { readonly kind: 'function'; readonly id: string; readonly bound: boolean }
  | { readonly kind: 'class'; readonly class: ClassRef }
  /** `items` is what its iteration, or entering it, gives; `values` what a mapping holds. `made` is what calling it makes (a session factory), `wraps` what that calls (a `partial`). */
  | {
      readonly kind: 'instance';
      readonly class: ClassRef;
      readonly items?: Value;
      readonly values?: Value;
      readonly made?: Value;
      readonly wraps?: Value;
    }
  | { readonly kind: 'coroutine'; readonly result: Value | null }
  | { readonly kind: 'none' };

export type ClassRef =
  | { readonly kind: 'external'; readonly name: string }
  | { readonly kind: 'project'; readonly id: string };

/** The public name of the class that a value is an object of, where that is one of another package. */
export function externalClassOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'instance' || value.class.kind !== 'external') return undefined;
  return value.class.name;
}

export function externalInstance(name: string): Value {
  return { kind: 'instance', class: { kind: 'external', name } };
}

/** An object of a class of the project. */
export function projectInstance(id: string): Extract<Value, { kind: 'instance' }> {
  return { kind: 'instance', class: { kind: 'project', id } };
}

/** A stable text for comparing: two values with the same key are the same thing. */
export function keyOf(value: Value): string {
  switch (value.kind) {
    case 'external':
      return `x:${value.name}`;
    case 'module':
      return `m:${value.path}`;
    case 'namespace':
      return `n:${value.folder}`;
    case 'function':
      return `f:${value.id}:${value.bound}`;
    case 'class':
      return `c:${classKey(value.class)}`;
    case 'instance': {
      const items = value.items ? `[${keyOf(value.items)}]` : '';
      const values = value.values ? `{${keyOf(value.values)}}` : '';
      return `i:${classKey(value.class)}${items}${values}${value.made ? `(${keyOf(value.made)})` : ''}${value.wraps ? `<${keyOf(value.wraps)}>` : ''}`;
    }
    case 'coroutine':
      return `a:${value.result ? keyOf(value.result) : ''}`;
    case 'none':
      return 'none';
  }
}

function classKey(ref: ClassRef): string {
  return ref.kind === 'external' ? ref.name : ref.id;
}

/** The one thing that all candidates are; `undefined` when they differ or one is unknown. `None` beside it is dropped. */
export function agree(candidates: readonly (Value | undefined)[]): Value | undefined {
  let found: Value | undefined;
  let none: Value | undefined;
  for (const candidate of candidates) {
    if (candidate === undefined) return undefined;
    if (candidate.kind === 'none') none = candidate;
    else if (found === undefined) found = candidate;
    else if (keyOf(found) !== keyOf(candidate)) return undefined;
  }
  return found ?? none;
}

/** What iterating or entering a value gives. */
export function itemsOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'instance' ? value.items : undefined;
}

/** An object of a class. */
export function instanceOf(value: Value): Value | undefined {
  if (value.kind === 'class') return { kind: 'instance', class: value.class };
  return value.kind === 'external' ? externalInstance(value.name) : undefined;
}

/** `Session` of `sqlalchemy.orm.Session`. */
export function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
