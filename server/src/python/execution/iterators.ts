/** Iterators: what has been taken of them is gone; some never end. */
import type { Machine } from './machine.ts';
import { external, type Instance, list, type Obj, tuple, UNKNOWN } from './objects.ts';

interface IteratorState {
  readonly at: (index: number) => Obj | undefined;
  readonly isEndless: boolean;
  taken: number;
}

const MAX_ITEMS = 2_000;
const CLASS = external('builtins.iterator');

function makeIterator(at: IteratorState['at'], isEndless: boolean): Instance {
  const state: IteratorState = { at, isEndless, taken: 0 };
  return { kind: 'instance', class: CLASS, attrs: new Map(), state };
}

export function iteratorOver(items: readonly Obj[]): Instance {
  return makeIterator((index) => items[index], false);
}

export function endless(at: (index: number) => Obj): Instance {
  return makeIterator(at, true);
}

export function iteratorOf(object: Obj | undefined): IteratorState | undefined {
  if (object?.kind !== 'instance' || object.class !== CLASS) return undefined;
  return object.state as IteratorState;
}

/** What is left of it, without taking it: a branch that may not be run must not use it up. */
export function left({ at, taken, isEndless }: IteratorState): Obj[] | undefined {
  if (isEndless) return undefined;
  const found: Obj[] = [];
  for (let item = at(taken); item !== undefined && found.length < MAX_ITEMS; )
    item = at(taken + found.push(item));
  return found;
}

/** The next item; nothing where there is none left. */
export function next(state: IteratorState): Obj | undefined {
  const item = state.at(state.taken);
  if (item !== undefined) state.taken++;
  return item;
}

/** Several side by side, as many rows as the shortest has; with `fill`, as the longest. */
export function rows(machine: Machine, columns: readonly Obj[], fill?: Obj): Obj {
  const finite = columns.map((column) => {
    const state = iteratorOf(column);
    return state?.isEndless ? state : machine.iterate(column);
  });
  if (finite.includes(undefined)) return UNKNOWN;
  const lengths = finite.flatMap((one) => (Array.isArray(one) ? one.length : []));
  if (lengths.length === 0) return list([]);
  const count = Math.min(MAX_ITEMS, fill ? Math.max(...lengths) : Math.min(...lengths));
  return list(
    Array.from({ length: count }, (_, row) =>
      tuple(
        finite.map((one) => {
          if (one === undefined) return UNKNOWN;
          return (Array.isArray(one) ? one[row] : one.at(one.taken + row)) ?? fill ?? UNKNOWN;
        }),
      ),
    ),
  );
}
