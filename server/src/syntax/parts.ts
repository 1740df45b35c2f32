/** What is asked of a piece of code as it is written, whatever it means. */
import type { Expression } from './nodes.ts';
import { ownExpressions } from './walk.ts';

/** What is called, or stands there uncalled: `cache` of `@cache` and of `@cache(size=1)`. */
export function headOf(expression: Expression): Expression {
  return expression.type === 'call' ? expression.callee : expression;
}

/** `get` of `client.get` and of `get`; of anything else nothing. */
export function lastName(expression: Expression): string {
  if (expression.type === 'attribute') return expression.name;
  return expression.type === 'name' ? expression.id : '';
}

/** The names in an expression, as often as they stand there; not those in the body of a lambda. */
export function namesIn(expression: Expression): string[] {
  return [...ownExpressions(expression)].flatMap((part) => (part.type === 'name' ? part.id : []));
}

export function mentions(expression: Expression, names: ReadonlySet<string>): boolean {
  return namesIn(expression).some((name) => names.has(name));
}
