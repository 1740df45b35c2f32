/** Where names are bound. */
import { functionScope } from '../../python/bindings.ts';
import type { Span } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';
import { isInside } from './suites.ts';

/** Whether a name is bound by a loop, or in its body: then it is another thing in each turn. */
export function isBoundIn(subject: Subject, name: string, scope: string, loop: Span): boolean {
  return (subject.db.get(functionScope, scope).names[name] ?? []).some((binding) => {
    if (binding.kind === 'item') return isInside(binding.iterable, loop);
    if (binding.kind === 'entered') return isInside(binding.context, loop);
    return binding.kind === 'value' && binding.value !== undefined && isInside(binding.value, loop);
  });
}
