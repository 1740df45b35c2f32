/** What an object has: attributes of modules, classes and instances, as Python looks for them. */
import { publicName } from '../../knowledge/names.ts';
import { containerMethod } from './builtin-methods.ts';
import { fieldValue } from './fields.ts';
import { functionAttribute } from './functions.ts';
import { type Machine, Raised } from './machine.ts';
import {
  type Arguments,
  type Class,
  type External,
  external,
  type Instance,
  list,
  NONE,
  namesAsDict,
  native,
  type Obj,
  text,
  textOf,
  tuple,
  UNKNOWN,
} from './objects.ts';
import { textMethod } from './text-methods.ts';

export interface Attributes {
  attribute(object: Obj, name: string): Obj;
  attributeIfAny(object: Obj, name: string): Obj | undefined;
  setAttribute(object: Obj, name: string, value: Obj): void;
  /** What `dir` lists; nothing where that can't be known. */
  namesOf(object: Obj): string[] | undefined;
}

export function createAttributes(
  machine: Machine,
  memberOf: (base: Obj, name: string) => Obj | undefined,
  /** What `type.__new__` gives inside of a metaclass's own. */
  pendingClass: () => Obj | undefined,
): Attributes {
  function attribute(object: Obj, name: string): Obj {
    return attributeIfAny(object, name) ?? machine.failing('AttributeError', true);
  }

  function attributeIfAny(object: Obj, name: string): Obj | undefined {
    switch (object.kind) {
      case 'module':
        return name === '__dict__' ? namesAsDict(object.attrs) : memberOf(object, name);
      case 'namespace':
        return memberOf(object, name);
      case 'external': {
        const dotted = publicName(`${object.name}.${name}`);
        return machine.library.constant(dotted) ?? external(dotted);
      }
      case 'instance':
        return instanceAttribute(object, name);
      case 'class':
        return classAttribute(object, name);
      case 'function':
        if (name === '__name__' || name === '__qualname__')
          return object.attrs.get(name) ?? text(object.name);
        if (name === '__module__') return text(object.env.module.name);
        if (name === '__dict__') return namesAsDict(object.attrs);
        return object.attrs.get(name) ?? (FUNCTION_NAMES.has(name) ? UNKNOWN : undefined);
      case 'bound':
        if (name === '__self__') return object.self;
        if (name === '__func__') return object.target;
        return object.target.kind === 'function' ? attributeIfAny(object.target, name) : UNKNOWN;
      case 'partial':
        if (name === 'func') return object.target;
        return name === 'args' ? tuple([...object.args]) : UNKNOWN;
      case 'lambda':
        return name === '__name__' || name === '__qualname__' ? text('<lambda>') : UNKNOWN;
      case 'descriptor':
        return descriptorAttribute(object, name);
      case 'str':
        return textMethod(machine, object.value, name);
      case 'list':
      case 'tuple':
      case 'set':
      case 'dict':
        return containerMethod(machine, object, name);
      case 'none':
        return undefined;
      default:
        return UNKNOWN;
    }
  }

  /** `@prefix.setter`. */
  function descriptorAttribute(object: Extract<Obj, { kind: 'descriptor' }>, name: string): Obj {
    if (object.form !== 'property') return attributeIfAny(object.target, name) ?? UNKNOWN;
    if (name === 'fget') return object.target;
    if (name !== 'setter' && name !== 'getter' && name !== 'deleter') return UNKNOWN;
    return native(name, (_machine, { args: [target] }) =>
      name === 'setter' && target ? { ...object, setter: target } : object,
    );
  }

  function instanceAttribute(self: Instance, name: string): Obj | undefined {
    if (self.class.kind === 'external') {
      if (self.class.name === 'builtins.super') return superAttribute(self, name);
      const special = functionAttribute(machine, self, name);
      if (special !== undefined) return special;
    }
    const member = machine.classMember(self.class, name);
    if (member?.value.kind === 'descriptor' && member.value.form === 'property') {
      const { isCached, target } = member.value;
      const kept = isCached ? self.attrs.get(name) : undefined;
      if (kept !== undefined) return kept;
      const value = machine.call(target, ownArguments([self]));
      if (isCached) self.attrs.set(name, value);
      return value;
    }
    const own = self.attrs.get(name);
    if (own !== undefined) return own;
    if (name === '__class__') return self.class;
    if (name === '__dict__') return namesAsDict(self.attrs);
    if (member !== undefined) return bindTo(member.value, self, self.class);
    const wrapped = self.attrs.get('_wrapped_') ?? self.attrs.get('_text_value_');
    if (wrapped !== undefined) return attributeIfAny(wrapped, name);
    for (const className of machine.externalBases(self.class)) {
      const value = machine.library.attribute(machine, self, className, name);
      if (value !== undefined) return value;
    }
    const lazy = machine.classMember(self.class, '__getattr__')?.value;
    if (lazy?.kind === 'function' && !/^__\w+__$/.test(name))
      return orNothing(() =>
        machine.call({ kind: 'bound', target: lazy, self }, ownArguments([text(name)])),
      );
    // A class all of whose bases are known here has no other attributes; nobody else gives it private ones.
    if (name.startsWith('_') && !COMMON_NAMES.has(name)) return undefined;
    return machine.externalBases(self.class).some((base) => !EMPTY_BASES.has(base))
      ? UNKNOWN
      : undefined;
  }

  function bindTo(value: Obj, self: Obj, cls: Obj): Obj {
    if (value.kind === 'function') return { kind: 'bound', target: value, self };
    if (value.kind === 'instance') return described(value, self, cls) ?? fieldValue(machine, value);
    if (value.kind !== 'descriptor') return value;
    if (value.form === 'staticmethod') return value.target;
    const { target } = value;
    if (value.form === 'partialmethod' && target.kind === 'partial')
      return { ...target, target: bindTo(target.target, self, cls) };
    if (value.form === 'classmethod' && target.kind === 'function')
      return { kind: 'bound', target, self: cls };
    return value.form === 'property' ? machine.call(target, ownArguments([self])) : UNKNOWN;
  }

  /** What a descriptor of the project's own gives. */
  function described(value: Instance, self: Obj, cls: Obj): Obj | undefined {
    const getter =
      value.class.kind === 'class' ? machine.classMember(value.class, '__get__')?.value : undefined;
    if (getter?.kind !== 'function') return undefined;
    const bound = { kind: 'bound', target: getter, self: value } as const;
    return machine.call(bound, ownArguments([self, cls]));
  }

  function classAttribute(cls: Class, name: string): Obj | undefined {
    switch (name) {
      case '__name__':
      case '__qualname__':
        return text(cls.name);
      case '__members__':
        return cls.attrs.get('_members_') ?? UNKNOWN;
      case '__dict__':
        return namesAsDict(cls.attrs);
      case '__bases__':
        return tuple([...cls.bases]);
      case '__mro__':
        return tuple([...machine.mro(cls)]);
      case '__subclasses__':
        return native(name, () => list(machine.subclassesOf(cls)));
      case 'mro':
        if (machine.classMember(cls, name) === undefined)
          return native(name, () => list([...machine.mro(cls)]));
        break;
      default:
    }
    const members = cls.attrs.get('_members_');
    if (members?.kind === 'dict') {
      const found = members.entries.find(([key]) => key.kind === 'str' && key.value === name);
      if (found) return found[1];
    }
    const member = machine.classMember(cls, name);
    if (member === undefined) return unheldAttribute(cls, name);
    const { value } = member;
    if (value.kind === 'descriptor' && value.form !== 'property') return bindTo(value, cls, cls);
    if (value.kind === 'instance') return described(value, NONE, cls) ?? fieldValue(machine, value);
    return value;
  }

  /** What a class has of its metaclass, or of what every class has. */
  function unheldAttribute(cls: Class, name: string): Obj | undefined {
    const metaclass = machine.metaclassOf(cls);
    const own = metaclass && machine.classMember(metaclass, name)?.value;
    if (own !== undefined) return bindTo(own, cls, metaclass ?? cls);
    if (name === '__new__')
      return native(name, (_machine, { args: [made] }) => allocated(made ?? cls));
    if (name === '__init__') return native(name, () => NONE);
    return machine.externalBases(cls).some((base) => !EMPTY_BASES.has(base)) ? UNKNOWN : undefined;
  }

  function allocated(cls: Obj): Obj {
    return cls.kind === 'class' ? machine.allocate(cls) : UNKNOWN;
  }

  function superAttribute(proxy: Instance, name: string): Obj {
    const self = proxy.attrs.get('self');
    const owner = proxy.attrs.get('owner');
    if (owner?.kind !== 'class' || (self?.kind !== 'instance' && self?.kind !== 'class'))
      return UNKNOWN;
    const start = self.kind === 'instance' ? self.class : self;
    const metaclass = start.kind === 'class' ? machine.metaclassOf(start) : undefined;
    const order = [machine.mro(start), metaclass ? machine.mro(metaclass) : []].find((one) =>
      one.includes(owner),
    );
    for (const one of order?.slice(order.indexOf(owner) + 1) ?? []) {
      const value = one.kind === 'class' ? one.attrs.get(name) : undefined;
      if (value?.kind === 'function' && name === '__new__') return value;
      const found = value ? bindTo(value, self, start) : undefined;
      const given = one.kind === 'external' ? inherited(one, name, self) : found;
      if (given !== undefined) return given;
    }
    return rooted(name, self);
  }

  /** What a class of another package gives to `super()`. */
  function inherited(
    { name: base }: External,
    name: string,
    self: Instance | Class,
  ): Obj | undefined {
    if (base === 'builtins.type') {
      if (name === '__new__') return fixed(name, () => pendingClass() ?? UNKNOWN);
      if (name === '__call__' && self.kind === 'class')
        return fixed(name, (call) => machine.construct(self, call));
    }
    if (self.kind !== 'instance') return undefined;
    if (name === '__init__')
      return fixed(name, (call) => {
        machine.library.construct(machine, self, base, call);
        return NONE;
      });
    const wrapped = self.attrs.get('_wrapped_');
    if (wrapped?.kind === 'dict' && name === '__setitem__')
      return fixed(name, ({ args: [key, value] }) => {
        if (key && value) wrapped.entries.push([key, value]);
        return NONE;
      });
    if (wrapped?.kind === 'dict' && name === '__getitem__')
      return fixed(name, ({ args: [key = UNKNOWN] }) => machine.item(wrapped, key) ?? UNKNOWN);
    return machine.library.attribute(machine, self, base, name);
  }

  /** What `object` itself has. */
  function rooted(name: string, self: Instance | Class): Obj {
    if (name === '__new__')
      return native(name, (_machine, { args: [cls] }) => allocated(cls ?? self));
    if (name === '__init__' || name === '__init_subclass__' || name === '__set_name__')
      return native(name, () => NONE);
    if (name === '__setattr__')
      return native(name, (_machine, { args: [key, value] }) => {
        const wanted = textOf(key);
        if (wanted !== undefined && value) self.attrs.set(wanted, value);
        return NONE;
      });
    return UNKNOWN;
  }

  function setAttribute(object: Obj, name: string, value: Obj): void {
    if (object.kind === 'instance') {
      const member = machine.classMember(object.class, name)?.value;
      if (member?.kind === 'descriptor' && member.form === 'property' && member.setter) {
        machine.call(member.setter, ownArguments([object, value]));
        return;
      }
    }
    const holder = object.kind === 'bound' ? object.target : object;
    if ('attrs' in holder) holder.attrs.set(name, value);
  }

  function namesOf(object: Obj): string[] | undefined {
    if (object.kind === 'module') return [...object.attrs.keys()].sort();
    const cls = object.kind === 'instance' ? object.class : object;
    if (cls.kind !== 'class') return undefined;
    const own = object.kind === 'instance' ? [...object.attrs.keys()] : [];
    const held = machine
      .mro(cls)
      .flatMap((one) => (one.kind === 'class' ? [...one.attrs.keys()] : []));
    return [...new Set([...own, ...held])]
      .filter((name) => !/^_[a-z]+_(?:value_)?$/.test(name))
      .sort();
  }

  function orNothing(run: () => Obj): Obj | undefined {
    machine.tries.push(({ className }) => className === 'AttributeError');
    try {
      return run();
    } catch (error) {
      if (error instanceof Raised && error.className === 'AttributeError') return undefined;
      throw error;
    } finally {
      machine.tries.pop();
    }
  }

  return { attribute, attributeIfAny, setAttribute, namesOf };
}

function fixed(name: string, run: (call: Arguments) => Obj): Obj {
  return native(name, (_machine, call) => run(call));
}

/** What every function has besides its name. */
const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  '__doc__ __annotations__ __code__ __defaults__ __kwdefaults__ __closure__ __globals__ __class__ __call__'.split(
    ' ',
  ),
);

/** What objects of other packages may have by such a name. */
const COMMON_NAMES: ReadonlySet<string> = new Set(
  '__name__ __qualname__ __module__ __doc__ __call__ __len__ __iter__ __next__ __getitem__ __setitem__ __contains__ __enter__ __exit__ __aenter__ __aexit__ __bool__ __eq__ __hash__ __str__ __repr__ __wrapped__ __annotations__ __self__ __func__ __truediv__ __add__ __or__ __and__ __sub__ __mul__ __mod__ __floordiv__ __matmul__ __rshift__ __lshift__'.split(
    ' ',
  ),
);

/** Bases that give their subclasses no attribute of their own. */
const EMPTY_BASES: ReadonlySet<string> = new Set([
  'abc.ABC',
  'typing.Generic',
  'typing.Protocol',
  'builtins.object',
]);

export function ownArguments(args: readonly Obj[]): Arguments {
  return {
    args,
    keywords: new Map(),
    isPartial: false,
    site: { block: '', start: 0, end: 0, args: [] },
  };
}
