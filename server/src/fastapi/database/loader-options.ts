/** What the options of a query say about loading. */
import { LOADERS } from '../../knowledge/relationships.ts';
import type { Argument, Expression } from '../../syntax/nodes.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import type { Subject } from '../subject.ts';

/** Every attribute that loader options name; nothing where one of them is something else. */
export function loadedBy(
  subject: Subject,
  args: readonly Argument[],
  scope: string,
): readonly string[] | undefined {
  const loads: string[] = [];
  for (const { value, star } of args) {
    if (star !== undefined || !isLoader(subject, value, scope)) return undefined;
    for (const part of ownExpressions(value)) {
      if (part.type === 'attribute') loads.push(part.name);
      if (part.type === 'string') loads.push(part.value);
    }
  }
  return loads;
}

/** `selectinload(Order.items)`, `selectinload(Order.items).joinedload(Item.product)`. */
function isLoader(subject: Subject, option: Expression, scope: string): boolean {
  if (option.type !== 'call') return false;
  if (LOADERS.has(subject.nameOf(option.callee, scope) ?? '')) return true;
  return option.callee.type === 'attribute' && isLoader(subject, option.callee.object, scope);
}
