/** `isinstance` and `issubclass`, as far as can be known. */
import type { Machine } from './machine.ts';
import { type Class, external, type Obj, UNKNOWN } from './objects.ts';

/** Nothing where it can't be known. `classes` is one class or a tuple of them. */
export function isInstance(machine: Machine, object: Obj, classes: Obj): boolean | undefined {
  const wanted = flat(classes);
  const answers = wanted.map((one) => isOne(machine, object, one));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

export function isSubclass(machine: Machine, one: Obj, classes: Obj): boolean | undefined {
  if (one.kind === 'class')
    return isInstance(machine, { kind: 'instance', class: one, attrs: new Map() }, classes);
  if (one.kind !== 'external') return undefined;
  const answers = flat(classes).map(
    (wanted) => wanted.kind === 'external' && machine.library.isSubclass(one.name, wanted.name),
  );
  return answers.includes(true) ? true : undefined;
}

function flat(classes: Obj): readonly Obj[] {
  return classes.kind === 'tuple' ? classes.items.flatMap(flat) : [classes];
}

const PLAIN: Readonly<Record<string, string>> = {
  str: 'builtins.str',
  list: 'builtins.list',
  tuple: 'builtins.tuple',
  dict: 'builtins.dict',
  set: 'builtins.set',
  bool: 'builtins.bool',
};

/** What `collections.abc` says of Python's own containers. */
const ABSTRACT: Readonly<Record<string, readonly string[]>> = {
  Iterable: ['str', 'list', 'tuple', 'dict', 'set'],
  Collection: ['str', 'list', 'tuple', 'dict', 'set'],
  Sequence: ['str', 'list', 'tuple'],
  Mapping: ['dict'],
  MutableMapping: ['dict'],
  MutableSequence: ['list'],
  Callable: ['function', 'lambda', 'bound', 'native', 'partial', 'class'],
};

/** The class of an object of one of Python's own kinds. */
export function plainClass(object: Obj): Obj {
  if (object.kind === 'number') return external(object.isFloat ? 'builtins.float' : 'builtins.int');
  const name = PLAIN[object.kind];
  return name === undefined ? UNKNOWN : external(name);
}

function isOne(machine: Machine, object: Obj, wanted: Obj): boolean | undefined {
  if (object.kind === 'unknown' || object.kind === 'external') return undefined;
  if (wanted.kind === 'external') return isOfExternal(machine, object, wanted.name);
  if (wanted.kind !== 'class') return undefined;
  if (wanted.bases.some((base) => base.kind === 'external' && base.name === 'typing.Protocol'))
    return fits(machine, object, wanted);
  if (object.kind !== 'instance' || object.class.kind !== 'class') return false;
  return isBelow(object.class, wanted);
}

function isOfExternal(machine: Machine, object: Obj, name: string): boolean | undefined {
  const abstract = ABSTRACT[/^(?:collections\.abc|typing)\.(\w+)$/.exec(name)?.[1] ?? ''];
  if (abstract !== undefined && object.kind !== 'instance') return abstract.includes(object.kind);
  if (abstract?.includes('function') && object.kind === 'instance')
    return machine.classMember(object.class, '__call__') !== undefined || undefined;
  if (object.kind === 'instance')
    return (
      name === 'builtins.object' ||
      machine.externalBases(object.class).some((one) => machine.library.isSubclass(one, name))
    );
  if (object.kind === 'class' && name === 'builtins.type') return true;
  if (object.kind === 'module') return name === 'types.ModuleType';
  if (object.kind === 'function') return name === 'types.FunctionType';
  const plain = PLAIN[object.kind];
  if (plain !== undefined)
    return plain === name || (plain === 'builtins.bool' && name === 'builtins.int');
  if (object.kind === 'number')
    return name === (object.isFloat ? 'builtins.float' : 'builtins.int');
  return false;
}

export function isBelow(cls: Class, wanted: Class): boolean {
  return cls === wanted || cls.bases.some((base) => base.kind === 'class' && isBelow(base, wanted));
}

/** Of a protocol that can be asked at run time: whether all its members are there. */
function fits(machine: Machine, object: Obj, protocol: Class): boolean | undefined {
  const members = [...protocol.fields, ...protocol.attrs.keys()].filter(
    (name) => !name.startsWith('__'),
  );
  const found = members.map((name) => machine.attributeIfAny(object, name));
  if (found.includes(undefined)) return false;
  return found.some((one) => one?.kind === 'unknown') ? undefined : true;
}
