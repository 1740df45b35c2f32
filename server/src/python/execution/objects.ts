/**
 * What running a module's statements would build: Python objects as far as they can be known without running Python.
 * They live only while one query runs; what comes out of it is plain data.
 */
import type { Expression, Lambda } from '../../syntax/nodes.ts';
import type { Machine } from './machine.ts';

/** Stands in a text for a part that can't be known. */
export const UNKNOWN_PART = '\uFFFC';

export type Obj =
  | Text
  | { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'none' }
  | Sequence
  | Dict
  | Func
  | LambdaFunc
  | Bound
  | Partial
  | Class
  | Instance
  | Module
  | { readonly kind: 'namespace'; readonly folder: string }
  | External
  | Native
  | Descriptor
  | Annotated
  | Unknown;

export interface Text {
  readonly kind: 'str';
  readonly value: string;
}
export interface Sequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: Obj[];
}
export interface Dict {
  readonly kind: 'dict';
  readonly entries: [Obj, Obj][];
  /** What makes the value of a key that is missing. */
  readonly factory?: Obj;
  /** The names that it shows, and changes: `globals()`, `self.__dict__`. */
  readonly names?: Map<string, Obj>;
}
/** A function of the workspace, known by its definition's id. */
export interface Func {
  readonly kind: 'function';
  readonly id: string;
  readonly name: string;
  readonly env: Env;
  readonly defaults: ReadonlyMap<string, Obj>;
  /** Names that were set on it, `__wrapped__` among them. */
  readonly attrs: Map<string, Obj>;
}
export interface LambdaFunc {
  readonly kind: 'lambda';
  readonly node: Lambda;
  readonly env: Env;
  readonly block: string;
}
export interface Bound {
  readonly kind: 'bound';
  readonly target: Func | Native;
  readonly self: Obj;
}
export interface Partial {
  readonly kind: 'partial';
  readonly target: Obj;
  readonly args: readonly Obj[];
  readonly keywords: ReadonlyMap<string, Obj>;
}
export interface Class {
  readonly kind: 'class';
  readonly name: string;
  /** The definition's id; none for a class made by a call. */
  readonly id: string | undefined;
  readonly bases: readonly Obj[];
  readonly attrs: Map<string, Obj>;
  /** Annotated names of its own body, in order. */
  readonly fields: readonly string[];
  /** Their annotations. */
  readonly annotations: ReadonlyMap<string, Annotation>;
  readonly isDataclass: boolean;
}
/** An annotation, and where it stands. */
export interface Annotation {
  readonly node: Expression;
  readonly env: Env;
  readonly block: string;
}
export interface Instance {
  readonly kind: 'instance';
  readonly class: Class | External;
  readonly attrs: Map<string, Obj>;
  /** What a known class of another package keeps: a router's routes. */
  state?: unknown;
}
export interface Module {
  readonly kind: 'module';
  readonly path: string;
  readonly name: string;
  readonly attrs: Map<string, Obj>;
}
/** A module, class or function of another package, by its public name. */
export interface External {
  readonly kind: 'external';
  readonly name: string;
}
export interface Native {
  readonly kind: 'native';
  readonly name: string;
  readonly call: (machine: Machine, call: Arguments) => Obj;
}
export interface Descriptor {
  readonly kind: 'descriptor';
  readonly form: 'property' | 'staticmethod' | 'classmethod' | 'partialmethod';
  readonly target: Obj;
  /** A property's setter. */
  readonly setter?: Obj;
  /** A property that is computed once. */
  readonly isCached?: true;
}
/** `Annotated[type, *metadata]`. */
export interface Annotated {
  readonly kind: 'annotated';
  readonly type: Obj;
  readonly metadata: readonly Obj[];
}
export interface Unknown {
  readonly kind: 'unknown';
  /** A variable of the environment with no default: most likely it is not set. */
  readonly isUnset?: true;
}

/** Where a call stands: the block and the node, for what is reported about it. */
export interface Site {
  readonly block: string;
  readonly start: number;
  readonly end: number;
  /** The argument expressions, for pointing at one of them. */
  readonly args: readonly { readonly name?: string; readonly value: Expression }[];
}

export interface Arguments {
  readonly args: readonly Obj[];
  readonly keywords: ReadonlyMap<string, Obj>;
  /** A `*` or `**` that could not be followed: there may be more than is given. */
  readonly isPartial: boolean;
  readonly site: Site;
}

export interface Env {
  readonly vars: Map<string, Obj>;
  readonly outer: Env | undefined;
  readonly module: Module;
  /** The id of the definition whose body it is; none for a module. */
  readonly owner: string | undefined;
  /** A class's own names are not seen by the functions inside it. */
  readonly isClass: boolean;
  /** Names declared `global` or `nonlocal`. */
  readonly declared: Map<string, 'global' | 'nonlocal'>;
}

export const NONE: Obj = { kind: 'none' };
export const UNKNOWN: Unknown = { kind: 'unknown' };
export const UNSET: Unknown = { kind: 'unknown', isUnset: true };
export const TRUE: Obj = { kind: 'bool', value: true };
export const FALSE: Obj = { kind: 'bool', value: false };

export function text(value: string): Text {
  return { kind: 'str', value };
}
export function number(value: number, isFloat = false): Obj {
  return { kind: 'number', value, isFloat };
}
export function bool(value: boolean): Obj {
  return value ? TRUE : FALSE;
}
export function list(items: Obj[]): Sequence {
  return { kind: 'list', items };
}
export function tuple(items: Obj[]): Sequence {
  return { kind: 'tuple', items };
}
export function external(name: string): External {
  return { kind: 'external', name };
}
export function native(name: string, call: Native['call']): Native {
  return { kind: 'native', name, call };
}

/** The text that an object is, also as a member of a text enum; nothing for anything else. */
export function textOf(object: Obj | undefined): string | undefined {
  if (object?.kind === 'str') return object.value;
  if (object?.kind === 'instance') {
    const value = object.attrs.get('_text_value_');
    return value?.kind === 'str' ? value.value : undefined;
  }
  return undefined;
}

/** As `str()` and f-strings show it; what is not known gives an unknown part. */
export function shown(object: Obj): string {
  switch (object.kind) {
    case 'str':
      return object.value;
    case 'number':
      return object.isFloat && Number.isInteger(object.value)
        ? object.value.toFixed(1)
        : String(object.value);
    case 'bool':
      return object.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'instance': {
      const own = object.attrs.get('_shown_value_');
      return own?.kind === 'str' ? own.value : UNKNOWN_PART;
    }
    default:
      return UNKNOWN_PART;
  }
}

/** Whether a condition holds; nothing when that can't be known. */
export function truth(object: Obj): boolean | undefined {
  switch (object.kind) {
    case 'bool':
      return object.value;
    case 'none':
      return false;
    case 'number':
      return object.value !== 0;
    case 'str':
      if (object.value.replaceAll(UNKNOWN_PART, '') !== '') return true;
      return object.value === '' ? false : undefined;
    case 'list':
    case 'tuple':
    case 'set':
      return object.items.length > 0;
    case 'dict':
      return object.entries.length > 0;
    case 'unknown':
      return object.isUnset ? false : undefined;
    case 'external':
      // A constant of another package may be anything; its classes, functions and modules are true.
      return /(?:^|\.)[A-Z0-9_]+$/.test(object.name) ? undefined : true;
    case 'instance': {
      const value = object.attrs.get('_text_value_') ?? object.attrs.get('_number_value_');
      return value ? truth(value) : true;
    }
    default:
      return true;
  }
}

/** Whether two objects are equal; nothing when that can't be known. */
export function equal(a: Obj, b: Obj): boolean | undefined {
  const left = textOf(a);
  const right = textOf(b);
  if (left !== undefined && right !== undefined) {
    if (left.includes(UNKNOWN_PART) || right.includes(UNKNOWN_PART)) return undefined;
    return left === right;
  }
  if (isUnset(a) || isUnset(b)) return isUnset(a) ? b.kind === 'none' : a.kind === 'none';
  if (a.kind === 'unknown' || b.kind === 'unknown') return undefined;
  const [m, n] = [numberOf(a), numberOf(b)];
  if (m !== undefined && n !== undefined) return m === n;
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  const [fields, others] = [fieldsAsTuple(a), fieldsAsTuple(b)];
  if (a !== b && fields && others) return equal(fields, others);
  if ((a.kind === 'tuple' || a.kind === 'list') && a.kind === b.kind) {
    if (a.items.length !== b.items.length) return false;
    const parts = a.items.map((item, index) => equal(item, b.items[index] ?? UNKNOWN));
    if (parts.includes(false)) return false;
    return parts.includes(undefined) ? undefined : true;
  }
  if (a.kind === 'external' && b.kind === 'external') return a.name === b.name ? true : undefined;
  if (a.kind !== b.kind) return isPlain(a) && isPlain(b) ? false : undefined;
  if (a === b) return true;
  // A member of an enum is only itself.
  if (a.kind === 'instance') return isMember(a) && isMember(b) ? false : undefined;
  return a.kind === 'dict' || a.kind === 'set' ? undefined : false;
}

/** The number that an object is, also as a member of a number enum. */
export function numberOf(object: Obj | undefined): number | undefined {
  if (object?.kind === 'number') return object.value;
  if (object?.kind === 'bool') return Number(object.value);
  if (object?.kind !== 'instance') return undefined;
  const value = object.attrs.get('_number_value_');
  return value?.kind === 'number' ? value.value : undefined;
}

/** Less than zero where the first comes before the second; nothing when that can't be known. */
export function orderOf(a: Obj, b: Obj): number | undefined {
  const [m, n] = [numberOf(a), numberOf(b)];
  if (m !== undefined && n !== undefined) return m - n;
  const [left, right] = [textOf(a), textOf(b)];
  if (left !== undefined && right !== undefined) return left < right ? -1 : left > right ? 1 : 0;
  const [fields, others] = [fieldsAsTuple(a), fieldsAsTuple(b)];
  if (fields && others) return orderOf(fields, others);
  if ((a.kind !== 'tuple' && a.kind !== 'list') || a.kind !== b.kind) return undefined;
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index];
    if (other === undefined) return 1;
    const order = orderOf(item, other);
    if (order !== 0) return order;
  }
  return a.items.length - b.items.length;
}

/** What named tuples and dataclasses are compared by. */
function fieldsAsTuple(object: Obj): Sequence | undefined {
  if (object.kind !== 'instance') return undefined;
  const items = object.attrs.get('_items_');
  if (items?.kind === 'tuple') return items;
  const { class: cls, attrs } = object;
  if (cls.kind !== 'class' || !cls.isDataclass) return undefined;
  return tuple(allFields(cls).map((name) => attrs.get(name) ?? cls.attrs.get(name) ?? UNKNOWN));
}

function allFields(cls: Class, level = 0): string[] {
  const above =
    level > 20
      ? []
      : cls.bases.flatMap((base) => (base.kind === 'class' ? allFields(base, level + 1) : []));
  return [...new Set([...above, ...cls.fields])];
}

/** `globals()` and the like: it shows names, and what is put into it becomes one. */
export function namesAsDict(names: Map<string, Obj>): Dict {
  const entries = [...names]
    .filter(([name]) => !/^_[a-z]+_(?:value_)?$/.test(name))
    .map(([name, value]): [Obj, Obj] => [text(name), value]);
  return { kind: 'dict', entries, names };
}

/** Puts an entry into a dictionary. */
export function put(dict: Dict, key: Obj, value: Obj): void {
  dict.entries.push([key, value]);
  const name = textOf(key);
  if (name !== undefined) dict.names?.set(name, value);
}

function isUnset(object: Obj): boolean {
  return object.kind === 'unknown' && object.isUnset === true;
}

function isMember(object: Obj): boolean {
  return object.kind === 'instance' && object.attrs.has('_member_');
}

function isPlain(object: Obj): boolean {
  return ['str', 'number', 'bool', 'none', 'list', 'tuple', 'dict'].includes(object.kind);
}
