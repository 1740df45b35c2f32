/** What is asked of a piece of code as it is written, whatever it means. */
import type { Call, Expression, Statement } from './nodes.ts';
import { expressionsIn, ownExpressions, ownStatements } from './walk.ts';

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

/** `a` and `b` of `a, (b, c[0]) = ...`: what gets another value, not what something is put into. */
export function boundNames(target: Expression): string[] {
  if (target.type === 'name') return [target.id];
  return target.type === 'tuple' || target.type === 'list'
    ? target.elements.flatMap(boundNames)
    : [];
}

/** Calls in statements and all that is nested in them, in order. */
export function callsIn(statements: readonly Statement[]): readonly Call[] {
  return [...ownStatements(statements)].flatMap((statement) =>
    statement.type === 'function' || statement.type === 'class'
      ? []
      : expressionsIn(statement).flatMap((expression) =>
          [...ownExpressions(expression)].flatMap((part) => (part.type === 'call' ? part : [])),
        ),
  );
}

/** Whether one of the statements around a place, outermost first, is such a one; `inner` is the next of them, further in. */
export function isWithin(
  statements: readonly Statement[],
  test: (statement: Statement, inner: Statement) => boolean,
): boolean {
  return statements.some((statement, index) => {
    const inner = statements[index + 1];
    return inner !== undefined && test(statement, inner);
  });
}
