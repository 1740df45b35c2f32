/** Whether an expression may be `None` beside what it else is. */
import { functionOf } from '../python/definitions.ts';
import { returnsIn } from '../python/signatures.ts';
import { lastPart } from '../python/values.ts';
import type { Expression, Statement } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';

/** `true` also where it can't be told: what rests on it must not be offered then. */
export function mayBeNone(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops = 3,
): boolean {
  if (hops === 0) return true;
  const again = (one: Expression, inside = scope) => mayBeNone(subject, one, inside, hops - 1);
  switch (expression.type) {
    case 'call': {
      const callee = subject.meaningOf(expression.callee, scope);
      if (callee?.kind === 'class') return false;
      if (callee?.kind === 'external') return !/^[A-Z]/.test(lastPart(callee.name));
      const made = callee?.kind === 'function' ? functionOf(subject.db, callee.id) : undefined;
      if (made === undefined || callee?.kind !== 'function') return true;
      if (made.returns !== undefined) return mentionsNone(made.returns);
      return !leaves(made.body) || returnsIn(made.body).some((one) => again(one, callee.id));
    }
    case 'conditional':
      return again(expression.body) || again(expression.orelse);
    case 'boolean':
      return expression.operator === 'or'
        ? again(expression.right)
        : again(expression.left) || again(expression.right);
    case 'await':
      return again(expression.value);
    case 'name': {
      const traced = subject.evaluator.trace(expression.id, scope);
      if (traced?.kind !== 'bindings') return true;
      return traced.bindings.some((binding) => {
        if (binding.kind === 'exception') return false;
        if (binding.kind !== 'value' || binding.unpack !== undefined) return true;
        return binding.value === undefined || again(binding.value, binding.scope);
      });
    }
    default:
      return true;
  }
}

/** Whether a body never falls off its end. */
function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  if (last?.type === 'return' || last?.type === 'raise') return true;
  if (last?.type === 'with') return leaves(last.body);
  if (last?.type !== 'if') return false;
  return leaves(last.orelse) && last.branches.every((branch) => leaves(branch.body));
}

function mentionsNone(annotation: Expression): boolean {
  if (annotation.type === 'none') return true;
  if (annotation.type === 'binary')
    return mentionsNone(annotation.left) || mentionsNone(annotation.right);
  if (annotation.type === 'string') return /\b(?:None|Optional)\b/.test(annotation.value);
  if (annotation.type !== 'subscript') return false;
  const { object, indices } = annotation;
  const name = object.type === 'name' ? object.id : object.type === 'attribute' ? object.name : '';
  return name === 'Optional' || indices.some(mentionsNone);
}
