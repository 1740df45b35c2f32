/** What a loop goes through may stand for something else: a copy of it, `sorted(names)`, or a view of it, `names.items()`. */
import type { CallSite, Loop } from '../../python/sites.ts';
import type { Expression } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';

/** They give as many items as they are given; a set, no more. */
const COPIES: ReadonlySet<string> = new Set(
  'list tuple set sorted reversed enumerate'.split(' ').map((name) => `builtins.${name}`),
);

/** `names` of `sorted(names)`. */
export function copiedIn(
  subject: Subject,
  iterable: Expression,
  scope: string,
): Expression | undefined {
  if (iterable.type !== 'call') return undefined;
  const [first] = iterable.args;
  return COPIES.has(subject.nameOf(iterable.callee, scope) ?? '') ? first?.value : undefined;
}

/** `names` of `names.items()`. */
export function viewedIn(iterable: Expression): Expression | undefined {
  const callee = iterable.type === 'call' ? iterable.callee : undefined;
  if (callee?.type !== 'attribute') return undefined;
  return /^(?:items|keys|values)$/.test(callee.name) ? callee.object : undefined;
}

/** `for key, rows in groups.items()`, or `in sorted(groups.items())`. */
export function isOverItems(subject: Subject, iterable: Expression, scope: string): boolean {
  if (iterable.type !== 'call') return false;
  const { callee, args } = iterable;
  if (callee.type === 'attribute') return callee.name === 'items' && args.length === 0;
  const copied = copiedIn(subject, iterable, scope);
  return copied !== undefined && isOverItems(subject, copied, scope);
}

const SEVERAL = /(?:s|group|list|set)$/i;

/** `for key, rows in groups.items(): save(key, rows)`: the call is for all rows of a group. */
export function isGivenGroup(subject: Subject, loop: Loop, { node, scope }: CallSite): boolean {
  const { target, iterable } = loop;
  const [, group] = target.type === 'tuple' ? target.elements : [];
  if (group?.type !== 'name' || !SEVERAL.test(group.id)) return false;
  if (!isOverItems(subject, iterable, scope)) return false;
  return node.args.some(({ value }) => value.type === 'name' && value.id === group.id);
}
