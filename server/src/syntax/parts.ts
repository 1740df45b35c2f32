/** What is asked of a piece of code as it is written, whatever it means. */
import type { Expression } from './nodes.ts';

/** What is called, or stands there uncalled: `cache` of `@cache` and of `@cache(size=1)`. */
export function headOf(expression: Expression): Expression {
  return expression.type === 'call' ? expression.callee : expression;
}
