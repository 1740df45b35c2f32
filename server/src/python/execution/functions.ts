/** `functools` and `operator`. */
import type { Machine } from './machine.ts';
import {
  type Arguments,
  external,
  type Func,
  type Instance,
  native,
  type Obj,
  text,
  textOf,
  tuple,
  UNKNOWN,
} from './objects.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const first = ({ args }: Arguments): Obj => args[0] ?? UNKNOWN;

/** The same function with something noted on it. */
function marked(func: Obj, name: string, note: () => Obj): Obj {
  if (func.kind !== 'function') return func;
  return { ...func, attrs: new Map([...func.attrs, [name, note()]]) };
}

/** A decorator that may be written with and without parentheses. */
const marking =
  (name: string, note: () => Obj): Call =>
  (_machine, { args: [target] }) =>
    target?.kind === 'function'
      ? marked(target, name, note)
      : native(name, (_inner, call) => marked(first(call), name, note));

function wrap(wrapper: Obj | undefined, wrapped: Obj | undefined): Obj {
  if (wrapper?.kind === 'function' && wrapped) {
    if (wrapped.kind === 'function')
      for (const [name, value] of wrapped.attrs)
        if (!name.startsWith('_cache_')) wrapper.attrs.set(name, value);
    wrapper.attrs.set('__wrapped__', wrapped);
  }
  return wrapper ?? UNKNOWN;
}

/** What `singledispatch` makes of a function: others by the class of the first argument. */
interface Dispatch {
  readonly otherwise: Obj;
  readonly table: [Obj, Obj][];
}

const DISPATCH = external('functools.singledispatch');

function dispatchAttribute(machine: Machine, self: Instance, name: string): Obj | undefined {
  const { otherwise, table } = self.state as Dispatch;
  if (name === '__call__')
    return native(name, (_machine, call) => {
      const fits = ([cls]: [Obj, Obj]) => machine.isInstance(first(call), cls) === true;
      const found = table.findLast((entry) => fits(entry));
      return machine.call(found?.[1] ?? otherwise, call);
    });
  if (name === 'register')
    return native(name, (_machine, { args: [cls, func] }) => {
      const add = (by: Obj, target: Obj) => {
        table.push([by, target]);
        return target;
      };
      if (cls === undefined) return UNKNOWN;
      if (func) return add(cls, func);
      if (cls.kind === 'function') return add(machine.annotation(cls as Func, 0), cls);
      return native(name, (_inner, call) => add(cls, first(call)));
    });
  return undefined;
}

const reach =
  (step: (machine: Machine, object: Obj, name: Obj) => Obj): Call =>
  (_machine, { args: names }) =>
    native('getter', (machine, call) => {
      const values = names.map((name) => step(machine, first(call), name));
      return values.length === 1 ? (values[0] ?? UNKNOWN) : tuple(values);
    });

export const FUNCTIONS: Readonly<Record<string, Call>> = {
  'functools.partial': (_machine, { args: [target, ...args], keywords }) =>
    target ? { kind: 'partial', target, args, keywords } : UNKNOWN,
  'functools.partialmethod': (_machine, { args: [target, ...args], keywords }) =>
    target
      ? {
          kind: 'descriptor',
          form: 'partialmethod',
          target: { kind: 'partial', target, args, keywords },
        }
      : UNKNOWN,
  'functools.wraps': (_machine, { args: [wrapped] }) =>
    native('wraps', (_inner, { args: [wrapper] }) => wrap(wrapper, wrapped)),
  'functools.update_wrapper': (_machine, { args: [wrapper, wrapped] }) => wrap(wrapper, wrapped),
  'functools.lru_cache': marking('_cache_', () => ({ kind: 'dict', entries: [] })),
  'functools.cache': marking('_cache_', () => ({ kind: 'dict', entries: [] })),
  'functools.singledispatch': (_machine, call) => {
    const state: Dispatch = { otherwise: first(call), table: [] };
    return { kind: 'instance', class: DISPATCH, attrs: new Map(), state };
  },
  'functools.reduce': (machine, { args: [callee, items, start], site }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    const all = start ? [start, ...found] : found;
    if (all.length === 0) return UNKNOWN;
    return all.reduce((left, right) =>
      machine.call(callee, { args: [left, right], keywords: new Map(), isPartial: false, site }),
    );
  },
  'contextlib.asynccontextmanager': marking('_context_', () => text('')),
  'contextlib.contextmanager': marking('_context_', () => text('')),
  'operator.attrgetter': reach((machine, object, name) =>
    (textOf(name) ?? '')
      .split('.')
      .reduce<Obj>((one, part) => machine.attribute(one, part), object),
  ),
  'operator.itemgetter': reach((machine, object, key) => machine.item(object, key) ?? UNKNOWN),
  'operator.methodcaller': (_machine, { args: [name, ...args], keywords, site }) =>
    native('methodcaller', (machine, call) =>
      machine.call(machine.attribute(first(call), textOf(name) ?? ''), {
        args,
        keywords,
        isPartial: false,
        site,
      }),
    ),
  'operator.or_': (machine, { args: [a = UNKNOWN, b = UNKNOWN] }) => machine.binary('|', a, b),
  'operator.add': (machine, { args: [a = UNKNOWN, b = UNKNOWN] }) => machine.binary('+', a, b),
};

export function functionAttribute(machine: Machine, self: Instance, name: string): Obj | undefined {
  return self.class === DISPATCH ? dispatchAttribute(machine, self, name) : undefined;
}
