/** Which of two objects comes first, by the project's own `__lt__` too. */
import type { Machine } from './machine.ts';
import { type Obj, orderOf, truth } from './objects.ts';

/** Less than zero where the first comes before the second; nothing when that can't be known. */
export function order(machine: Machine, a: Obj, b: Obj): number | undefined {
  const before = isLess(machine, a, b);
  if (before === null) return orderOf(a, b);
  if (before === true) return -1;
  const after = isLess(machine, b, a);
  if (after === true) return 1;
  return before === false && after === false ? 0 : undefined;
}

/** `null` where the project says nothing of it. */
function isLess(machine: Machine, a: Obj, b: Obj): boolean | undefined | null {
  const own = a.kind === 'instance' ? machine.classMember(a.class, '__lt__')?.value : undefined;
  if (a.kind !== 'instance' || own?.kind !== 'function') return null;
  const site = { block: '', start: 0, end: 0, args: [] };
  const given = { args: [b], keywords: new Map(), isPartial: false, site };
  return truth(machine.call({ kind: 'bound', target: own, self: a }, given));
}
