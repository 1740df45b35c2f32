/** Python's own functions over sequences, and `itertools`. */
import { endless, iteratorOf, iteratorOver, left, next, rows } from './iterators.ts';
import type { Machine } from './machine.ts';
import {
  type Arguments,
  bool,
  equal,
  list,
  number,
  numberOf,
  type Obj,
  textOf,
  truth,
  tuple,
  UNKNOWN,
  UNKNOWN_PART,
} from './objects.ts';
import { order } from './ordering.ts';

type Call = (machine: Machine, call: Arguments) => Obj;

const first = ({ args }: Arguments): Obj => args[0] ?? UNKNOWN;

function given(...args: Obj[]): Arguments {
  const site = { block: '', start: 0, end: 0, args: [] };
  return { args, keywords: new Map(), isPartial: false, site };
}

/** A new container of what another holds; unknown when that can't be known. */
const collect =
  (kind: 'list' | 'tuple' | 'set'): Call =>
  (machine, { args: [items] }) => {
    if (items === undefined) return { kind, items: [] };
    const found = machine.iterate(items);
    if (found === undefined) return UNKNOWN;
    return { kind, items: kind === 'set' ? distinct(found) : found };
  };

function distinct(items: readonly Obj[]): Obj[] {
  return items.filter(
    (item, index) => items.findIndex((one) => one === item || equal(one, item) === true) === index,
  );
}

const mapped =
  (change: (items: Obj[]) => Obj[]): Call =>
  (machine, call) => {
    const items = machine.iterate(first(call));
    return items ? list(change(items)) : UNKNOWN;
  };

const extreme =
  (sign: 1 | -1): Call =>
  (machine, call) => {
    const items = call.args.length > 1 ? [...call.args] : machine.iterate(first(call));
    if (items === undefined) return UNKNOWN;
    const key = call.keywords.get('key');
    const keyed = items.map((item) => ({ item, by: key ? machine.call(key, given(item)) : item }));
    const [start, ...others] = keyed;
    if (start === undefined) return call.keywords.get('default') ?? UNKNOWN;
    let best = start;
    for (const one of others) {
      const step = order(machine, one.by, best.by);
      if (step === undefined) return UNKNOWN;
      if (step * sign > 0) best = one;
    }
    return best.item;
  };

/** Whether some, or all, of the items are true. */
const quantified =
  (looked: boolean): Call =>
  (machine, call) => {
    const found = machine.iterate(first(call))?.map(truth);
    if (found === undefined) return UNKNOWN;
    if (found.includes(looked)) return bool(looked);
    return found.includes(undefined) ? UNKNOWN : bool(!looked);
  };

const filtered =
  (wanted: boolean): Call =>
  (machine, { args: [callee, items] }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    const holds = (item: Obj) =>
      truth(callee.kind === 'none' ? item : machine.call(callee, given(item)));
    return list(found.filter((item) => holds(item) !== !wanted));
  };

function chained(machine: Machine, parts: readonly Obj[]): Obj {
  const found = parts.map((items) => machine.iterate(items));
  return found.includes(undefined) ? UNKNOWN : iteratorOver(found.flatMap((part) => part ?? []));
}

function sliced(machine: Machine, { args: [items, ...bounds] }: Arguments): Obj {
  const state = iteratorOf(items);
  const [from, to] = bounds.length > 1 ? bounds : [undefined, bounds[0]];
  const start = from?.kind === 'number' ? from.value : 0;
  const end = to?.kind === 'number' ? to.value : undefined;
  const step = bounds[2]?.kind === 'number' ? bounds[2].value : 1;
  const found =
    state && end !== undefined
      ? Array.from({ length: end }, (_, index) => state.at(state.taken + index) ?? UNKNOWN)
      : items && machine.iterate(items);
  if (!found) return UNKNOWN;
  const known = state && !state.isEndless ? (left(state) ?? []) : found;
  return iteratorOver(known.slice(start, end).filter((_, index) => index % step === 0));
}

function accumulated(machine: Machine, { args: [items, func], keywords }: Arguments): Obj {
  const found = items && machine.iterate(items);
  if (!found) return UNKNOWN;
  const callee = func ?? keywords.get('func');
  const initial = keywords.get('initial');
  const sums: Obj[] = [];
  for (const item of initial ? [initial, ...found] : found) {
    const before = sums.at(-1);
    sums.push(
      before === undefined
        ? item
        : callee
          ? machine.call(callee, given(before, item))
          : machine.binary('+', before, item),
    );
  }
  return list(sums);
}

function grouped(machine: Machine, { args: [items, by], keywords }: Arguments): Obj {
  const found = items && machine.iterate(items);
  if (!found) return UNKNOWN;
  const key = by ?? keywords.get('key');
  const groups: [Obj, Obj[]][] = [];
  for (const item of found) {
    const name = key ? machine.call(key, given(item)) : item;
    const last = groups.at(-1);
    if (last && equal(last[0], name) === true) last[1].push(item);
    else groups.push([name, [item]]);
  }
  return list(groups.map(([name, members]) => tuple([name, list(members)])));
}

function product(machine: Machine, { args, keywords }: Arguments): Obj {
  const times = keywords.get('repeat');
  const repeat = times?.kind === 'number' ? Math.min(times.value, 5) : 1;
  const once = args.map((items) => machine.iterate(items));
  if (once.includes(undefined)) return UNKNOWN;
  const found = Array.from({ length: repeat }, () => once)
    .flat()
    .reduce<Obj[][]>(
      (sofar, column) =>
        sofar.flatMap((row) => (column ?? []).map((item) => [...row, item])).slice(0, 2_000),
      [[]],
    );
  return list(found.map((row) => tuple(row)));
}

function sorted(machine: Machine, { args: [items], keywords }: Arguments): Obj {
  const found = items && machine.iterate(items);
  return found ? list(inOrder(machine, found, keywords)) : UNKNOWN;
}

/** As `sorted` and `list.sort` do: what can't be compared stays in its place. */
export function inOrder(
  machine: Machine,
  items: readonly Obj[],
  keywords: ReadonlyMap<string, Obj>,
): Obj[] {
  const key = keywords.get('key');
  const keyed = items.map((item) => ({
    item,
    by: key && key.kind !== 'none' ? machine.call(key, given(item)) : item,
  }));
  const reverse = keywords.get('reverse');
  const sign = reverse && truth(reverse) === true ? -1 : 1;
  keyed.sort((a, b) => sign * (order(machine, a.by, b.by) ?? 0));
  return keyed.map(({ item }) => item);
}

function nextOf(machine: Machine, { args: [items, otherwise] }: Arguments): Obj {
  if (items === undefined) return UNKNOWN;
  const state = iteratorOf(items);
  const step =
    state || items.kind !== 'instance' ? undefined : machine.attributeIfAny(items, '__next__');
  if (step !== undefined && step.kind !== 'unknown') return machine.call(step, given());
  const item = state ? next(state) : machine.iterate(items)?.[0];
  if (item !== undefined || otherwise !== undefined) return item ?? otherwise ?? UNKNOWN;
  return machine.failing('StopIteration', state !== undefined);
}

export const SEQUENCES: Readonly<Record<string, Call>> = {
  'builtins.list': collect('list'),
  'builtins.tuple': collect('tuple'),
  'builtins.set': collect('set'),
  'builtins.frozenset': collect('set'),
  'builtins.iter': (machine, call) => {
    const items = machine.iterate(first(call));
    return items ? iteratorOver(items) : first(call);
  },
  'builtins.next': nextOf,
  'builtins.reversed': mapped((items) => items.reverse()),
  'builtins.sorted': sorted,
  'builtins.enumerate': (machine, { args: [items, start], keywords }) => {
    const found = items && machine.iterate(items);
    const offset = numberOf(start ?? keywords.get('start')) ?? 0;
    return found
      ? list(found.map((item, index) => tuple([number(index + offset), item])))
      : UNKNOWN;
  },
  'builtins.zip': (machine, { args }) => rows(machine, args),
  'builtins.map': (machine, { args: [callee, ...columns] }) => {
    const found = machine.iterate(rows(machine, columns));
    if (!found || !callee) return UNKNOWN;
    return list(found.map((row) => machine.call(callee, given(...(machine.iterate(row) ?? [])))));
  },
  'builtins.filter': filtered(true),
  'builtins.range': (_machine, { args }) => {
    const numbers = args.flatMap((one) => numberOf(one) ?? []);
    if (numbers.length !== args.length || numbers.length === 0) return UNKNOWN;
    const [from, to, step] =
      numbers.length === 1
        ? [0, numbers[0] ?? 0, 1]
        : [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 1];
    const items: Obj[] = [];
    for (let i = from; step > 0 ? i < to : i > to; i += step || 1) {
      if (items.length >= 2_000) break;
      items.push(number(i));
    }
    return list(items);
  },
  'builtins.len': (machine, call) => {
    const one = first(call);
    const whole = textOf(one);
    if (whole !== undefined) return whole.includes(UNKNOWN_PART) ? UNKNOWN : number(whole.length);
    const own = one.kind === 'instance' ? machine.attributeIfAny(one, '__len__') : undefined;
    if (own !== undefined && own.kind !== 'unknown') return machine.call(own, given());
    const items = machine.iterate(one);
    return items ? number(items.length) : UNKNOWN;
  },
  'builtins.any': quantified(true),
  'builtins.all': quantified(false),
  'builtins.min': extreme(-1),
  'builtins.max': extreme(1),
  'builtins.sum': (machine, { args: [items, start], keywords }) => {
    const found = items && machine.iterate(items);
    if (!found) return UNKNOWN;
    return found.reduce(
      (sum, item) => machine.binary('+', sum, item),
      start ?? keywords.get('start') ?? number(0),
    );
  },
  'itertools.chain': (machine, { args }) => chained(machine, args),
  'itertools.chain.from_iterable': (machine, call) => {
    const parts = machine.iterate(first(call));
    return parts ? chained(machine, parts) : UNKNOWN;
  },
  'itertools.product': product,
  'itertools.zip_longest': (machine, { args, keywords }) =>
    rows(machine, args, keywords.get('fillvalue') ?? { kind: 'none' }),
  'itertools.starmap': (machine, { args: [callee, items] }) => {
    const found = items && machine.iterate(items);
    if (!found || !callee) return UNKNOWN;
    return list(found.map((row) => machine.call(callee, given(...(machine.iterate(row) ?? [])))));
  },
  'itertools.count': (_machine, { args: [start, step], keywords }) => {
    const from = numberOf(start ?? keywords.get('start')) ?? 0;
    const by = numberOf(step ?? keywords.get('step')) ?? 1;
    return endless((index) => number(from + index * by));
  },
  'itertools.cycle': (machine, call) => {
    const items = machine.iterate(first(call));
    if (!items || items.length === 0) return UNKNOWN;
    return endless((index) => items[index % items.length] ?? UNKNOWN);
  },
  'itertools.repeat': (_machine, { args: [item = UNKNOWN, times] }) =>
    times?.kind === 'number'
      ? iteratorOver(Array.from({ length: Math.min(times.value, 2_000) }, () => item))
      : endless(() => item),
  'itertools.islice': sliced,
  'itertools.accumulate': accumulated,
  'itertools.groupby': grouped,
  'itertools.pairwise': mapped((items) =>
    items.slice(1).map((item, index) => tuple([items[index] ?? UNKNOWN, item])),
  ),
  'itertools.filterfalse': filtered(false),
  'itertools.combinations': (machine, { args: [items, size] }) => {
    const found = items && machine.iterate(items);
    const count = numberOf(size);
    if (!found || count === undefined) return UNKNOWN;
    return list(combinations(found, count).map((row) => tuple(row)));
  },
};

function combinations(items: readonly Obj[], count: number): Obj[][] {
  if (count === 0) return [[]];
  return items
    .flatMap((item, index) =>
      combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
    )
    .slice(0, 2_000);
}
