/** Calls and attributes: binding arguments, making objects, methods of texts and containers. */

import { publicName } from '../../knowledge/names.ts';
import type { Parameter } from '../../syntax/nodes.ts';
import { blockOf, functionOf } from '../definitions.ts';
import { functionSignature } from '../signatures.ts';
import { containerMethod } from './builtin-methods.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  type Class,
  type Env,
  type External,
  external,
  type Func,
  type Instance,
  list,
  NONE,
  type Obj,
  shown,
  text,
  tuple,
  UNKNOWN,
} from './objects.ts';
import type { Statements } from './statements.ts';
import { textMethod } from './text-methods.ts';

export interface Caller {
  call(callee: Obj, call: Arguments): Obj;
  instantiate(cls: Class, call: Arguments): Obj;
  attribute(object: Obj, name: string): Obj;
  attributeIfAny(object: Obj, name: string): Obj | undefined;
  iterate(object: Obj): Obj[] | undefined;
  externalBases(cls: Class | External): string[];
  classMember(cls: Class | External, name: string): { value: Obj; owner: Class } | undefined;
}

/** More classes than any real one stands below. */
const MAX_CLASSES = 100;

export function createCaller(
  machine: Machine,
  statements: Statements,
  memberOf: (base: Obj, name: string) => Obj | undefined,
): Caller {
  function call(callee: Obj, given: Arguments): Obj {
    machine.tick();
    switch (callee.kind) {
      case 'function':
        return machine.deeper(() => callFunction(callee, given, undefined));
      case 'lambda': {
        const { node, env, block } = callee;
        const vars = bindParameters(node.parameters, given, (parameter) =>
          parameter.default ? machine.evaluate(parameter.default, env, block) : undefined,
        );
        const inner: Env = {
          vars,
          outer: env,
          module: env.module,
          owner: env.owner,
          isClass: false,
          declared: new Map(),
        };
        return machine.deeper(() => machine.evaluate(node.body, inner, block));
      }
      case 'bound': {
        const withSelf = { ...given, args: [callee.self, ...given.args] };
        const { target } = callee;
        return target.kind === 'function'
          ? machine.deeper(() => callFunction(target, withSelf, callee.self))
          : target.call(machine, withSelf);
      }
      case 'native':
        return callee.call(machine, given);
      case 'partial': {
        const keywords = new Map([...callee.keywords, ...given.keywords]);
        return call(callee.target, { ...given, args: [...callee.args, ...given.args], keywords });
      }
      case 'class':
        return machine.deeper(() => instantiate(callee, given));
      case 'instance': {
        const method = attributeIfAny(callee, '__call__');
        return method === undefined ? UNKNOWN : call(method, given);
      }
      case 'external':
        return machine.library.call(machine, callee.name, given) ?? UNKNOWN;
      case 'descriptor':
        return call(callee.target, given);
      default:
        return UNKNOWN;
    }
  }

  function callFunction(func: Func, given: Arguments, self: Obj | undefined): Obj {
    const node = functionOf(machine.db, func.id);
    const signature = machine.db.get(functionSignature, func.id);
    if (node === undefined || signature === null) return UNKNOWN;
    const vars = bindParameters(node.parameters, given, (parameter) =>
      func.defaults.get(parameter.name),
    );
    if (self !== undefined) {
      vars.set('__self__', self);
      const owner = func.env.isClass ? ownerClass(self, func) : undefined;
      if (owner !== undefined) vars.set('__class__', owner);
    }
    const env: Env = {
      vars,
      outer: func.env,
      module: func.env.module,
      owner: func.id,
      isClass: false,
      declared: new Map(),
    };
    const yields: Obj[] | undefined = signature.isGenerator ? [] : undefined;
    const ending = statements.run(node.body, env, blockOf(func.id), yields);
    if (yields !== undefined) return list(yields);
    return ending.kind === 'return' ? ending.value : NONE;
  }

  /** The class in whose body a method stands: what `super()` looks above. */
  function ownerClass(self: Obj, func: Func): Class | undefined {
    const start = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : undefined;
    return (
      start &&
      mro(start).find((cls): cls is Class => cls.kind === 'class' && cls.id === func.env.owner)
    );
  }

  function bindParameters(
    parameters: readonly Parameter[],
    { args, keywords, isPartial }: Arguments,
    defaultOf: (parameter: Parameter) => Obj | undefined,
  ): Map<string, Obj> {
    const vars = new Map<string, Obj>();
    const rest = [...args];
    const named = new Map(keywords);
    for (const parameter of parameters) {
      if (parameter.kind === '*') vars.set(parameter.name, tuple(rest.splice(0)));
      else if (parameter.kind === '**') {
        const entries = [...named].map(([name, value]): [Obj, Obj] => [text(name), value]);
        vars.set(parameter.name, { kind: 'dict', entries });
      } else {
        const positional = parameter.kind === 'keyword-only' ? undefined : rest.shift();
        const value = positional ?? named.get(parameter.name) ?? defaultOf(parameter);
        named.delete(parameter.name);
        vars.set(
          parameter.name,
          isPartial && positional === undefined ? UNKNOWN : (value ?? UNKNOWN),
        );
      }
    }
    return vars;
  }

  function instantiate(cls: Class, given: Arguments): Obj {
    const maker = classMember(cls, '__new__');
    if (cls.attrs.has('_members_')) return enumMember(cls, given.args[0] ?? UNKNOWN);
    const self: Instance = { kind: 'instance', class: cls, attrs: new Map() };
    const init = classMember(cls, '__init__');
    if (init?.value.kind === 'function') {
      call({ kind: 'bound', target: init.value, self }, given);
      return self;
    }
    const known = externalBases(cls).some((name) =>
      machine.library.construct(machine, self, name, given),
    );
    if (!known && maker === undefined) setFields(self, cls, given);
    return self;
  }

  function enumMember(cls: Class, value: Obj): Obj {
    const members = cls.attrs.get('_members_');
    if (members?.kind !== 'dict') return UNKNOWN;
    const found = members.entries.find(([, one]) => {
      const own = one.kind === 'instance' ? one.attrs.get('value') : undefined;
      return own !== undefined && shown(own) === shown(value);
    });
    return found?.[1] ?? UNKNOWN;
  }

  /** Of a dataclass, a model or a named tuple: fields by position and by name, else their defaults. */
  function setFields(self: Instance, cls: Class, { args, keywords }: Arguments): void {
    const fields = mro(cls)
      .filter((one): one is Class => one.kind === 'class')
      .reverse()
      .flatMap((one) => one.fields);
    const rest = [...args];
    for (const name of new Set(fields)) {
      const value = rest.shift() ?? keywords.get(name);
      if (value !== undefined) self.attrs.set(name, value);
    }
    for (const [name, value] of keywords) if (!self.attrs.has(name)) self.attrs.set(name, value);
  }

  const orders = new WeakMap<Class, readonly (Class | External)[]>();

  /** The classes that attributes are looked for in, nearest first. */
  function mro(cls: Class | External): readonly (Class | External)[] {
    if (cls.kind === 'external') return [cls];
    const known = orders.get(cls);
    if (known !== undefined) return known;
    // A class that stands below itself, by a mistake, ends here.
    orders.set(cls, [cls]);
    const above = cls.bases.flatMap((base) =>
      base.kind === 'class' || base.kind === 'external' ? mro(base) : [],
    );
    // A base shared by two comes after both.
    const last = new Map(above.map((one, index) => [one, index]));
    const order = [cls, ...above.filter((one, index) => last.get(one) === index)];
    orders.set(cls, order.slice(0, MAX_CLASSES));
    return order.slice(0, MAX_CLASSES);
  }

  function externalBases(cls: Class | External): string[] {
    return mro(cls).flatMap((one) => (one.kind === 'external' ? one.name : []));
  }

  function classMember(
    cls: Class | External,
    name: string,
  ): { value: Obj; owner: Class } | undefined {
    for (const one of mro(cls)) {
      if (one.kind !== 'class') continue;
      const value = one.attrs.get(name);
      if (value !== undefined) return { value, owner: one };
    }
    return undefined;
  }

  function attribute(object: Obj, name: string): Obj {
    return attributeIfAny(object, name) ?? UNKNOWN;
  }

  function attributeIfAny(object: Obj, name: string): Obj | undefined {
    switch (object.kind) {
      case 'module':
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
        if (name === '__name__' || name === '__qualname__') return text(object.name);
        if (name === '__module__') return text(object.env.module.name);
        return object.attrs.get(name) ?? (FUNCTION_NAMES.has(name) ? UNKNOWN : undefined);
      case 'bound':
        return name === '__name__' && object.target.kind === 'function'
          ? text(object.target.name)
          : UNKNOWN;
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

  function instanceAttribute(self: Instance, name: string): Obj | undefined {
    if (self.class.kind === 'external' && self.class.name === 'builtins.super')
      return superAttribute(self, name);
    const member = classMember(self.class, name);
    if (member?.value.kind === 'descriptor' && member.value.form === 'property')
      return call(member.value.target, ownArguments([self]));
    const own = self.attrs.get(name);
    if (own !== undefined) return own;
    if (name === '__class__') return self.class;
    if (name === '__dict__') {
      const entries = [...self.attrs].map(([key, value]): [Obj, Obj] => [text(key), value]);
      return { kind: 'dict', entries };
    }
    if (member !== undefined) return bindTo(member.value, self, self.class);
    for (const className of externalBases(self.class)) {
      const value = machine.library.attribute(machine, self, className, name);
      if (value !== undefined) return value;
    }
    const lazy = classMember(self.class, '__getattr__');
    if (lazy !== undefined) return UNKNOWN;
    // A class all of whose bases are known here has no other attributes.
    return externalBases(self.class).length > 0 ? UNKNOWN : undefined;
  }

  function bindTo(value: Obj, self: Obj, cls: Obj): Obj {
    if (value.kind === 'function' || value.kind === 'native')
      return { kind: 'bound', target: value, self };
    if (value.kind !== 'descriptor') return value;
    if (value.form === 'staticmethod') return value.target;
    const { target } = value;
    if (value.form === 'classmethod' && target.kind === 'function')
      return { kind: 'bound', target, self: cls };
    return value.form === 'property' ? call(target, ownArguments([self])) : UNKNOWN;
  }

  function classAttribute(cls: Class, name: string): Obj | undefined {
    if (name === '__name__' || name === '__qualname__') return text(cls.name);
    if (name === '__members__') return cls.attrs.get('_members_') ?? UNKNOWN;
    const members = cls.attrs.get('_members_');
    if (members?.kind === 'dict') {
      const found = members.entries.find(([key]) => key.kind === 'str' && key.value === name);
      if (found) return found[1];
    }
    const member = classMember(cls, name);
    if (member === undefined) return externalBases(cls).length > 0 ? UNKNOWN : undefined;
    const { value } = member;
    if (value.kind === 'descriptor' && value.form !== 'property') return bindTo(value, cls, cls);
    return value;
  }

  function superAttribute(proxy: Instance, name: string): Obj {
    const self = proxy.attrs.get('self');
    const owner = proxy.attrs.get('owner');
    if (owner?.kind !== 'class' || (self?.kind !== 'instance' && self?.kind !== 'class'))
      return UNKNOWN;
    const start = self.kind === 'instance' ? self.class : self;
    const order = mro(start);
    const above = order.slice(order.indexOf(owner) + 1);
    for (const one of above) {
      if (one.kind === 'class') {
        const value = one.attrs.get(name);
        if (value !== undefined) return bindTo(value, self, start);
      } else if (self.kind === 'instance') {
        if (name === '__init__')
          return {
            kind: 'native',
            name: '__init__',
            call(_machine, given) {
              machine.library.construct(machine, self, one.name, given);
              return NONE;
            },
          };
        const value = machine.library.attribute(machine, self, one.name, name);
        if (value !== undefined) return value;
      }
    }
    return name === '__init__' ? { kind: 'native', name, call: () => NONE } : UNKNOWN;
  }

  function iterate(object: Obj): Obj[] | undefined {
    switch (object.kind) {
      case 'list':
      case 'tuple':
      case 'set':
        return [...object.items];
      case 'dict':
        return object.entries
          .map(([key]) => key)
          .filter((key, index, all) => all.findIndex((one) => shown(one) === shown(key)) === index);
      case 'str':
        return [...object.value].map((letter) => text(letter));
      case 'class': {
        const members = object.attrs.get('_members_');
        return members?.kind === 'dict' ? members.entries.map(([, member]) => member) : undefined;
      }
      case 'instance': {
        const own = object.attrs.get('_items_');
        if (own?.kind === 'tuple') return [...own.items];
        const method = attributeIfAny(object, '__iter__');
        if (method === undefined || method.kind === 'unknown') return undefined;
        const items = call(method, ownArguments([]));
        return items === object ? undefined : iterate(items);
      }
      default:
        return undefined;
    }
  }

  return { call, instantiate, attribute, attributeIfAny, iterate, externalBases, classMember };
}

/** What every function has besides its name. */
const FUNCTION_NAMES: ReadonlySet<string> = new Set(
  '__doc__ __annotations__ __dict__ __code__ __defaults__ __kwdefaults__ __closure__ __globals__ __class__ __call__'.split(
    ' ',
  ),
);

function ownArguments(args: readonly Obj[]): Arguments {
  return {
    args,
    keywords: new Map(),
    isPartial: false,
    site: { block: '', start: 0, end: 0, args: [] },
  };
}
