/** Writing a condition with operators that become SQL, for fixes. */
import type { Argument, Expression } from '../../syntax/nodes.ts';
import type { Plan } from '../effects/loop.ts';
import type { Subject } from '../subject.ts';
import { isSql } from './sql-expressions.ts';

/** The condition with `and_`, `is_(None)`, `in_(...)`; nothing where a part of it is no SQL, or carries a comment. */
export function asSql<FixId extends string>(
  subject: Subject,
  argument: Argument,
  scope: string,
  fix: FixId,
): Plan<FixId> | undefined {
  if (subject.textOf(argument).includes('#')) return undefined;
  const needed = new Set<string>();
  const text = rewritten(subject, argument.value, scope, needed);
  if (text === undefined) return undefined;
  const { start, end } = argument;
  const imports = [...needed].map((name) => ({ module: 'sqlalchemy', name }));
  return { fix, replace: [{ start, end, text }], imports };
}

/** What is written for an operator that asks for one of these. */
export const SQL_METHODS: Readonly<Record<string, string>> = {
  is: 'is_',
  'is not': 'is_not',
  in: 'in_',
  'not in': 'not_in',
};

const JOINED = { and: 'and_', or: 'or_' } as const;

function rewritten(
  subject: Subject,
  expression: Expression,
  scope: string,
  needed: Set<string>,
): string | undefined {
  const of = (one: Expression) => rewritten(subject, one, scope, needed);
  const calling = (name: string, parts: readonly (string | undefined)[]) => {
    needed.add(name);
    return parts.includes(undefined) ? undefined : `${name}(${parts.join(', ')})`;
  };
  if (expression.type === 'boolean') {
    const { operator } = expression;
    return calling(JOINED[operator], operandsOf(expression, operator).map(of));
  }
  if (expression.type === 'unary' && expression.operator === 'not')
    return calling('not_', [of(expression.operand)]);
  if (expression.type === 'compare' && expression.operators.length > 1) {
    const pairs = expression.operators.map((operator, index) => {
      const [left, right] = expression.operands.slice(index, index + 2);
      return left && right && `${subject.textOf(left)} ${operator} ${subject.textOf(right)}`;
    });
    return calling('and_', pairs);
  }
  if (expression.type === 'compare') {
    const [left, right] = expression.operands;
    const method = SQL_METHODS[expression.operators[0] ?? ''];
    if (left === undefined || right === undefined) return undefined;
    if (method !== undefined)
      return left.type === 'attribute'
        ? `${subject.textOf(left)}.${method}(${subject.textOf(right)})`
        : undefined;
  }
  return isSql(subject, expression, scope) ? subject.textOf(expression) : undefined;
}

/** `a and b and c` is one conjunction of three. */
function operandsOf(expression: Expression, operator: string): readonly Expression[] {
  if (expression.type !== 'boolean' || expression.operator !== operator) return [expression];
  return [expression.left, expression.right].flatMap((one) => operandsOf(one, operator));
}
