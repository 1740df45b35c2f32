/** Fields of dataclasses, models and settings: their defaults, and what checks and changes them. */
import { type Machine, Raised } from './machine.ts';
import {
  type Arguments,
  type Class,
  external,
  type Instance,
  list,
  NONE,
  native,
  type Obj,
  text,
  textOf,
  UNKNOWN,
} from './objects.ts';

interface FieldState {
  readonly value: Obj | undefined;
  readonly factory: Obj | undefined;
}

const FIELD = external('dataclasses.Field');

/** `field(...)` and `Field(...)`. */
export function makeField({ args, keywords }: Arguments): Obj {
  const state: FieldState = {
    value: args[0] ?? keywords.get('default'),
    factory: keywords.get('default_factory'),
  };
  return { kind: 'instance', class: FIELD, attrs: new Map(), state };
}

/** The value that a field gets when none is given: made anew each time where a factory makes it. */
export function fieldValue(machine: Machine, value: Obj): Obj {
  if (value.kind !== 'instance' || value.class !== FIELD) return value;
  const { value: plain, factory } = value.state as FieldState;
  if (factory === undefined) return plain ?? UNKNOWN;
  return machine.call(factory, NO_ARGUMENTS);
}

const NO_ARGUMENTS: Arguments = {
  args: [],
  keywords: new Map(),
  isPartial: false,
  site: { block: '', start: 0, end: 0, args: [] },
};

/** Of a dataclass, a model or a named tuple: fields by position and by name, else their defaults. */
export function setFields(machine: Machine, self: Instance, cls: Class, given: Arguments): void {
  const { args, keywords } = given;
  const classes = machine.mro(cls).filter((one): one is Class => one.kind === 'class');
  const fields = new Set(classes.toReversed().flatMap((one) => one.fields));
  const bases = machine.externalBases(cls);
  const isSettings = bases.some((base) => base.endsWith('BaseSettings'));
  const isModel = isSettings || bases.some((base) => base.endsWith('BaseModel'));
  const rest = [...args];
  const isGiven = new Set<string>();
  for (const name of fields) {
    const value = rest.shift() ?? keywords.get(name);
    if (value !== undefined) {
      isGiven.add(name);
      self.attrs.set(name, value);
      continue;
    }
    const otherwise = machine.classMember(cls, name)?.value;
    const made = otherwise && fieldValue(machine, otherwise);
    // A model copies its defaults; a dataclass makes what its factory makes.
    if (made !== undefined && (made !== otherwise || isModel)) self.attrs.set(name, copied(made));
  }
  for (const [name, value] of keywords) if (!fields.has(name)) self.attrs.set(name, value);
  // What else was given can't be told: any field may be among it.
  if (given.isPartial)
    for (const name of fields) if (!isGiven.has(name)) self.attrs.set(name, UNKNOWN);
  const after = cls.isDataclass ? '__post_init__' : isModel ? 'model_post_init' : undefined;
  const method = after && machine.classMember(cls, after)?.value;
  try {
    if (isModel) validate(machine, self, classes, isSettings ? fields : isGiven);
    if (method && method.kind === 'function')
      machine.call(
        { kind: 'bound', target: method, self },
        isModel ? { ...NO_ARGUMENTS, args: [NONE] } : NO_ARGUMENTS,
      );
  } catch (error) {
    // What it was given, or what it finds outside, is not all known: in Python it may well be right.
    if (!(error instanceof Raised)) throw error;
  }
}

function copied(value: Obj): Obj {
  if (value.kind === 'list') return list([...value.items]);
  return value.kind === 'dict' ? { ...value, entries: [...value.entries] } : value;
}

const VALIDATES = '_validates_';
const MODE = '_mode_';

/** `@field_validator(...)` and `@model_validator(...)`: noted on the function. */
export function makeValidator({ args, keywords }: Arguments): Obj {
  return native('validator', (_machine, { args: [target] }) => {
    const func = target?.kind === 'descriptor' ? target.target : target;
    if (func?.kind === 'function') {
      func.attrs.set(VALIDATES, list([...args]));
      func.attrs.set(MODE, keywords.get('mode') ?? text('after'));
    }
    return target ?? UNKNOWN;
  });
}

/** Runs the validators: of the fields in `checked`, then those of the whole model that come after. */
function validate(
  machine: Machine,
  self: Instance,
  classes: readonly Class[],
  checked: ReadonlySet<string>,
): void {
  const found = new Map<string, { func: Obj; names: readonly string[]; mode: string }>();
  for (const cls of classes.toReversed())
    for (const [name, value] of cls.attrs) {
      const func = value.kind === 'descriptor' ? value.target : value;
      const names = func.kind === 'function' ? func.attrs.get(VALIDATES) : undefined;
      if (func.kind !== 'function' || names?.kind !== 'list') continue;
      const mode = textOf(func.attrs.get(MODE)) ?? '';
      found.set(name, { func, names: names.items.flatMap((one) => textOf(one) ?? []), mode });
    }
  const cls = self.class;
  for (const { func, names, mode } of found.values()) {
    if (func.kind !== 'function' || mode === 'wrap' || mode === 'plain') continue;
    if (names.length === 0) {
      if (mode !== 'after') continue;
      machine.call({ kind: 'bound', target: func, self }, NO_ARGUMENTS);
    } else
      for (const name of names) {
        const value = self.attrs.get(name);
        if (value === undefined || !checked.has(name)) continue;
        const bound = { kind: 'bound', target: func, self: cls } as const;
        self.attrs.set(name, machine.call(bound, { ...NO_ARGUMENTS, args: [value, UNKNOWN] }));
      }
  }
}
