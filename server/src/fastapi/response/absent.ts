/** Whether an expression may be `None` beside what it else is. */
import { functionOf } from '../../python/definitions.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { returnsIn } from '../../python/signatures.ts';
import { lastPart } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, Statement } from '../../syntax/nodes.ts';
import { lastName } from '../../syntax/parts.ts';
import type { Subject } from '../subject.ts';

/** What is asked about meanings: a rule's subject, or the inside of a query. */
type Asked = Pick<Subject, 'db' | 'evaluator' | 'meaningOf'>;

/** `true` also where it can't be told: what rests on it must not be offered then. */
export function mayBeNone(
  subject: Asked,
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
      return callee?.kind !== 'function' || subject.db.get(givesNone, `${hops - 1}:${callee.id}`);
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

/** By `hops:function id`: whether a call of the function may give `None`. */
const givesNone = defineQuery<boolean>('gives none', (db, key) => {
  const colon = key.indexOf(':');
  const hops = Number(key.slice(0, colon));
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  if (node === undefined) return true;
  if (node.returns !== undefined) return mentionsNone(node.returns);
  const evaluator = createEvaluator(db);
  const asked: Asked = { db, evaluator, meaningOf: evaluator.meaningOf };
  return !leaves(node.body) || returnsIn(node.body).some((one) => mayBeNone(asked, one, id, hops));
});

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
  const name = lastName(object);
  return name === 'Optional' || indices.some(mentionsNone);
}
