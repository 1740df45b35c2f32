/** Calls and attributes: binding arguments, making objects, methods of texts and containers. */

import type { Parameter } from '../../syntax/nodes.ts';
import { blockOf, functionOf } from '../definitions.ts';
import { functionSignature } from '../signatures.ts';
import { ownArguments } from './attributes.ts';
import { settled } from './builtin-methods.ts';
import { managerOf } from './contexts.ts';
import { setFields } from './fields.ts';
import { show } from './formatting.ts';
import { isBelow } from './instance-checks.ts';
import { iteratorOf, iteratorOver, left } from './iterators.ts';
import { type Machine, Raised } from './machine.ts';
import {
  type Arguments,
  type Class,
  type Dict,
  type Env,
  equal,
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

export interface Caller {
  call(callee: Obj, call: Arguments): Obj;
  /** Runs a function; what it yields goes to `onYield`. */
  callFunction(
    func: Func,
    given: Arguments,
    self: Obj | undefined,
    onYield?: (value: Obj) => void,
  ): Obj;
  instantiate(cls: Class, call: Arguments): Obj;
  construct(cls: Class, call: Arguments): Obj;
  allocate(cls: Class, call?: Arguments): Instance;
  iterate(object: Obj): Obj[] | undefined;
}

export function createCaller(machine: Machine, statements: Statements): Caller {
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
        const method = machine.attributeIfAny(callee, '__call__');
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

  function callFunction(
    func: Func,
    given: Arguments,
    self: Obj | undefined,
    onYield?: (value: Obj) => void,
  ): Obj {
    if (func.attrs.has('_context_') && onYield === undefined)
      return managerOf((handle) => callFunction(func, given, self, handle));
    const kept = func.attrs.get('_cache_');
    const known = kept?.kind === 'dict' ? keptResult(kept, given) : undefined;
    if (known !== undefined) return known;
    const result = run(func, given, self, onYield);
    if (kept?.kind === 'dict' && !given.isPartial) kept.entries.push([keyOf(given), result]);
    return result;
  }

  /** What a call with the same arguments gave. */
  function keptResult(kept: Dict, given: Arguments): Obj | undefined {
    const key = keyOf(given);
    machine.tick(kept.entries.length);
    return kept.entries.find(([one]) => areSame(one, key))?.[1];
  }

  function run(
    func: Func,
    given: Arguments,
    self: Obj | undefined,
    onYield: ((value: Obj) => void) | undefined,
  ): Obj {
    const node = functionOf(machine.db, func.id);
    const signature = machine.db.get(functionSignature, func.id);
    if (node === undefined || signature === null) return UNKNOWN;
    const vars = bindParameters(node.parameters, given, (parameter) =>
      func.defaults.get(parameter.name),
    );
    const me = self ?? (func.env.isClass ? given.args[0] : undefined);
    if (me !== undefined) {
      vars.set('__self__', me);
      const owner = func.env.isClass ? ownerClass(me, func) : undefined;
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
    const yields: Obj[] = [];
    const take = onYield ?? ((value) => yields.push(value));
    const ending = statements.run(node.body, env, blockOf(func.id), take);
    if (signature.isGenerator && onYield === undefined) return iteratorOver(yields);
    return ending.kind === 'return' ? ending.value : NONE;
  }

  /** The class in whose body a method stands: what `super()` looks above. */
  function ownerClass(self: Obj, func: Func): Class | undefined {
    const start = self.kind === 'instance' ? self.class : self.kind === 'class' ? self : undefined;
    if (start === undefined) return undefined;
    const metaclass = start.kind === 'class' ? machine.metaclassOf(start) : undefined;
    return [...machine.mro(start), ...(metaclass ? machine.mro(metaclass) : [])].find(
      (cls): cls is Class => cls.kind === 'class' && cls.id === func.env.owner,
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
    const metaclass = machine.metaclassOf(cls);
    const own = metaclass && machine.classMember(metaclass, '__call__')?.value;
    return own?.kind === 'function'
      ? call({ kind: 'bound', target: own, self: cls }, given)
      : construct(cls, given);
  }

  /** What `type.__call__` does: `__new__`, then `__init__`. */
  function construct(cls: Class, given: Arguments): Obj {
    if (cls.attrs.has('_members_')) return enumMember(cls, given.args[0] ?? UNKNOWN);
    const bases = machine.externalBases(cls);
    if (bases.some((base) => /^(?:typing|typing_extensions)\.TypedDict$/.test(base)))
      return machine.library.call(machine, 'builtins.dict', given) ?? UNKNOWN;
    const maker = machine.classMember(cls, '__new__')?.value;
    const target = maker?.kind === 'descriptor' ? maker.target : maker;
    const self =
      target?.kind === 'function'
        ? call(target, { ...given, args: [cls, ...given.args] })
        : allocate(cls, given);
    if (self.kind !== 'instance' || self.class.kind !== 'class' || !isBelow(self.class, cls))
      return self;
    const init = machine.classMember(self.class, '__init__');
    if (init?.value.kind === 'function') {
      call({ kind: 'bound', target: init.value, self }, given);
      return self;
    }
    const known = bases.some((name) => machine.library.construct(machine, self, name, given));
    if (!known && target === undefined) setFields(machine, self, cls, given);
    return self;
  }

  /** A new object whose `__init__` has not been run. */
  function allocate(cls: Class, given?: Arguments): Instance {
    const self: Instance = { kind: 'instance', class: cls, attrs: new Map() };
    const bases = machine.externalBases(cls);
    if (given && bases.includes('builtins.str') && given.args[0]) {
      const value = text(show(machine, given.args[0]));
      self.attrs.set('_text_value_', value);
      self.attrs.set('_shown_value_', value);
    }
    const container = bases.find((base) => CONTAINERS.has(base));
    if (container !== undefined) {
      const isDict = container !== 'builtins.list';
      self.attrs.set('_wrapped_', isDict ? { kind: 'dict', entries: [] } : list([]));
    }
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

  function iterate(object: Obj): Obj[] | undefined {
    switch (object.kind) {
      case 'list':
      case 'tuple':
      case 'set':
        return [...object.items];
      case 'dict':
        return settled(object).map(([key]) => key);
      case 'str':
        return [...object.value].map((letter) => text(letter));
      case 'class': {
        const members = object.attrs.get('_members_');
        if (members?.kind === 'dict')
          return [...new Set(members.entries.map(([, member]) => member))];
        const metaclass = machine.metaclassOf(object);
        const method = metaclass && machine.classMember(metaclass, '__iter__')?.value;
        if (method?.kind !== 'function') return undefined;
        return iterate(call({ kind: 'bound', target: method, self: object }, ownArguments([])));
      }
      case 'instance':
        return iterateInstance(object);
      default:
        return undefined;
    }
  }

  function iterateInstance(object: Instance): Obj[] | undefined {
    const state = iteratorOf(object);
    if (state !== undefined) return left(state);
    const own = object.attrs.get('_items_') ?? object.attrs.get('_text_value_');
    if (own !== undefined) return iterate(own);
    const method = machine.attributeIfAny(object, '__iter__');
    if (method !== undefined && method.kind !== 'unknown') {
      const items = call(method, ownArguments([]));
      return items === object ? stepped(object) : iterate(items);
    }
    const wrapped = object.attrs.get('_wrapped_');
    return wrapped && iterate(wrapped);
  }

  /** An iterator of the project's own, to its end. */
  function stepped(object: Instance): Obj[] | undefined {
    const step = machine.attributeIfAny(object, '__next__');
    if (step === undefined || step.kind === 'unknown') return undefined;
    const items: Obj[] = [];
    machine.tries.push(({ className }) => className === 'StopIteration');
    try {
      while (items.length < MAX_ITEMS) items.push(call(step, ownArguments([])));
    } catch (error) {
      if (!(error instanceof Raised) || error.className !== 'StopIteration') throw error;
    } finally {
      machine.tries.pop();
    }
    return items.length < MAX_ITEMS ? items : undefined;
  }

  return { call, callFunction, instantiate, construct, allocate, iterate };
}

const MAX_ITEMS = 2_000;
const CONTAINERS: ReadonlySet<string> = new Set([
  'builtins.dict',
  'builtins.list',
  'collections.UserDict',
  'collections.OrderedDict',
]);

/** The arguments of a call as one object, to compare calls by. */
function keyOf({ args, keywords }: Arguments): Obj {
  const named = [...keywords].map(([name, value]) => tuple([text(name), value]));
  return tuple([...args, ...named]);
}

function areSame(a: Obj, b: Obj): boolean {
  if (a === b) return true;
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return (
      a.items.length === b.items.length &&
      a.items.every((item, index) => areSame(item, b.items[index] ?? UNKNOWN))
    );
  return equal(a, b) === true;
}
