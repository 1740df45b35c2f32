/** Whether a call gives a function what it needs: else it fails before the first line of its body. */
import { TRANSPARENT_DECORATORS } from '../../knowledge/callables.ts';
import { outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { Value } from '../../python/values.ts';
import type { Call } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';

/** What is not a plain function, or can't be counted, counts as fitting. */
export function fits(subject: Subject, { args }: Call, callee: Value): boolean {
  if (callee.kind !== 'function' || args.some(({ star }) => star !== undefined)) return true;
  const signature = subject.db.get(functionSignature, callee.id);
  if (signature === null) return true;
  const outer = outerScopeOf(callee.id);
  const decorators = signature.decorators.map((one) => subject.nameOf(one, outer));
  // Any other may fill in what is missing.
  if (!decorators.every((name) => name !== undefined && TRANSPARENT_DECORATORS.has(name)))
    return true;
  const parameters = signature.parameters.slice(callee.bound ? 1 : 0);
  const isOpen = (kind: '*' | '**') => parameters.some((one) => one.kind === kind);
  const places = parameters.filter(({ kind }) => kind === 'normal' || kind === 'positional-only');
  const count = args.filter(({ name }) => name === undefined).length;
  if (count > places.length && !isOpen('*')) return false;
  const given = new Set(places.slice(0, count).map(({ name }) => name));
  for (const { name } of args) {
    if (name === undefined) continue;
    if (!isOpen('**') && !parameters.some((one) => one.name === name)) return false;
    given.add(name);
  }
  return parameters.every(
    ({ name, kind, default: value }) =>
      kind === '*' || kind === '**' || value !== undefined || given.has(name),
  );
}
