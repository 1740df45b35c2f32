/** Methods of containers. */
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  type Dict,
  equal,
  list,
  NONE,
  native,
  number,
  numberOf,
  type Obj,
  put,
  type Sequence,
  TRUE,
  text,
  textOf,
  truth,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';
import { inOrder } from './sequences.ts';

/** A method of a list, tuple, set or dict. */
export function containerMethod(machine: Machine, object: Sequence | Dict, name: string): Obj {
  return object.kind === 'dict'
    ? dictMethod(machine, object, name)
    : sequenceMethod(machine, object, name);
}

type Method = (object: Sequence, call: Arguments, machine: Machine) => Obj;

function indexOf(object: Sequence, item: Obj | undefined): number {
  return object.items.findIndex(
    (one) => item !== undefined && (one === item || equal(one, item) === true),
  );
}

function add(object: Sequence, items: readonly Obj[]): Obj {
  for (const item of items)
    if (object.kind !== 'set' || indexOf(object, item) < 0) object.items.push(item);
  return NONE;
}

/** A new set of what both, either or only the first have. */
const joined =
  (keeps: 'both' | 'either' | 'first'): Method =>
  (object, { args }, machine) => {
    const others = args.map((one) => machine.iterate(one));
    if (others.includes(undefined)) return UNKNOWN;
    const rest: Sequence = { kind: 'set', items: others.flatMap((one) => one ?? []) };
    const result: Sequence = { kind: 'set', items: [] };
    if (keeps === 'either') add(result, [...object.items, ...rest.items]);
    else
      add(
        result,
        object.items.filter((item) => indexOf(rest, item) >= 0 === (keeps === 'both')),
      );
    return result;
  };

const METHODS: Readonly<Record<string, Method>> = {
  append: (object, { args: [item] }) => add(object, item ? [item] : []),
  add: (object, { args: [item] }) => add(object, item ? [item] : []),
  appendleft: (object, { args: [item] }) => {
    if (item) object.items.unshift(item);
    return NONE;
  },
  extend: (object, { args }, machine) =>
    add(
      object,
      args.flatMap((items) => machine.iterate(items) ?? []),
    ),
  update: (object, { args }, machine) =>
    add(
      object,
      args.flatMap((items) => machine.iterate(items) ?? []),
    ),
  insert: (object, { args: [at, item] }) => {
    if (at?.kind === 'number' && item) object.items.splice(at.value, 0, item);
    return NONE;
  },
  pop: (object, { args: [at] }) =>
    object.items.splice(at?.kind === 'number' ? at.value : -1, 1)[0] ?? UNKNOWN,
  popleft: (object) => object.items.shift() ?? UNKNOWN,
  remove: removed,
  discard: removed,
  clear: (object) => {
    object.items.length = 0;
    return NONE;
  },
  reverse: (object) => {
    object.items.reverse();
    return NONE;
  },
  sort: (object, { keywords }, machine) => {
    object.items.splice(0, object.items.length, ...inOrder(machine, object.items, keywords));
    return NONE;
  },
  copy: (object) => ({ kind: object.kind, items: [...object.items] }),
  index: (object, { args: [item] }) => {
    const index = indexOf(object, item);
    return index < 0 ? UNKNOWN : number(index);
  },
  count: (object, { args: [item] }) =>
    number(object.items.filter((one) => item && equal(one, item) === true).length),
  intersection: joined('both'),
  union: joined('either'),
  difference: joined('first'),
  issubset: (object, { args: [other = UNKNOWN] }, machine) => {
    const items = machine.iterate(other);
    if (items === undefined) return UNKNOWN;
    return bool(object.items.every((item) => indexOf({ kind: 'set', items }, item) >= 0));
  },
};

function removed(object: Sequence, { args: [item] }: Arguments): Obj {
  const index = indexOf(object, item);
  if (index >= 0) object.items.splice(index, 1);
  return NONE;
}

function sequenceMethod(machine: Machine, object: Sequence, name: string): Obj {
  const method = METHODS[name];
  if (method === undefined) return UNKNOWN;
  return native(name, (_machine, call) => {
    if (object.kind === 'set' || name !== 'append') machine.tick(object.items.length);
    return method(object, call, machine);
  });
}

/** The last value of each key, in the order in which the keys first came. */
export function settled({ entries }: Dict): [Obj, Obj][] {
  const found = new Map<unknown, [Obj, Obj]>();
  for (const [key, value] of entries) {
    const name = spelled(key) ?? key;
    const known = found.get(name);
    if (known === undefined) found.set(name, [key, value]);
    else known[1] = value;
  }
  return [...found.values()];
}

/** Keys that are equal have one spelling; nothing for what is only equal to itself. */
function spelled(key: Obj): string | undefined {
  const number = numberOf(key);
  if (number !== undefined) return `number:${number}`;
  if (textOf(key)?.includes(UNKNOWN_PART)) return undefined;
  if (textOf(key) !== undefined) return `str:${textOf(key)}`;
  if (key.kind === 'none') return 'none';
  if (key.kind !== 'tuple') return undefined;
  const parts = key.items.map(spelled);
  return parts.includes(undefined) ? undefined : `tuple:${JSON.stringify(parts)}`;
}

function dictMethod(machine: Machine, object: Dict, name: string): Obj {
  const find = (key: Obj | undefined): Obj | undefined => {
    machine.tick(object.entries.length);
    return key && object.entries.findLast(([one]) => equal(one, key) === true)?.[1];
  };
  switch (name) {
    case 'items':
      return native(name, () => list(settled(object).map(([key, value]) => tuple([key, value]))));
    case 'keys':
      return native(name, () => list(settled(object).map(([key]) => key)));
    case 'values':
      return native(name, () => list(settled(object).map(([, value]) => value)));
    case 'get':
      return native(name, (_machine, { args: [key, otherwise] }) => {
        const value = find(key);
        if (value !== undefined) return value;
        return key !== undefined && textOf(key) !== undefined ? (otherwise ?? NONE) : UNKNOWN;
      });
    case 'setdefault':
      return native(name, (_machine, { args: [key, otherwise = NONE] }) => {
        const value = find(key);
        if (value === undefined && key) put(object, key, otherwise);
        return value ?? otherwise;
      });
    case 'update':
      return native(name, (machine, { args: [other], keywords }) => {
        const entries = other?.kind === 'dict' ? other.entries : pairsOf(machine, other);
        for (const [key, value] of [...entries]) put(object, key, value);
        for (const [key, value] of keywords) put(object, text(key), value);
        return NONE;
      });
    case 'pop':
      return native(name, (_machine, { args: [key, otherwise] }) => {
        const value = find(key);
        const left = object.entries.filter(
          ([one]) => key === undefined || equal(one, key) !== true,
        );
        object.entries.splice(0, object.entries.length, ...left);
        object.names?.delete(textOf(key) ?? '');
        return value ?? otherwise ?? UNKNOWN;
      });
    case 'popitem':
      return native(name, () => {
        const last = settled(object).at(-1);
        if (last === undefined) return UNKNOWN;
        const left = object.entries.filter(([one]) => equal(one, last[0]) !== true);
        object.entries.splice(0, object.entries.length, ...left);
        return tuple(last);
      });
    case 'move_to_end':
      return native(name, (_machine, { args: [key = UNKNOWN, last], keywords }) => {
        const isFirst = truth(last ?? keywords.get('last') ?? TRUE) === false;
        const all = settled(object);
        const moved = all.filter(([one]) => equal(one, key) === true);
        const others = all.filter(([one]) => equal(one, key) !== true);
        const order = isFirst ? [...moved, ...others] : [...others, ...moved];
        object.entries.splice(0, object.entries.length, ...order);
        return NONE;
      });
    case 'clear':
      return native(name, () => {
        object.entries.length = 0;
        return NONE;
      });
    case 'copy':
      return native(name, () => ({ kind: 'dict', entries: [...object.entries] }));
    default:
      return UNKNOWN;
  }
}

function pairsOf(machine: Machine, other: Obj | undefined): [Obj, Obj][] {
  return (other ? (machine.iterate(other) ?? []) : []).flatMap((pair) => {
    const [key, value] = machine.iterate(pair) ?? [];
    return key && value ? [[key, value] as [Obj, Obj]] : [];
  });
}
