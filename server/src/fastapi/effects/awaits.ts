/** Where a function gives the event loop back. */
import type { Await, Comprehension, For, Statement, With } from '../../syntax/nodes.ts';
import { expressionsIn, ownExpressions, ownStatements } from '../../syntax/walk.ts';

export type Waiting = Await | Comprehension | For | With;

/** Every `await`, `async for` and `async with` of a function's own statements, in order. */
export function awaitsIn(body: readonly Statement[]): readonly Waiting[] {
  return [...ownStatements(body)].flatMap((statement): readonly Waiting[] => {
    if (statement.type === 'function' || statement.type === 'class') return [];
    const inside = expressionsIn(statement).flatMap((whole) =>
      [...ownExpressions(whole)].flatMap((part): Waiting | readonly [] => {
        if (part.type === 'await') return part;
        return part.type === 'comprehension' && part.clauses.some((clause) => clause.isAsync)
          ? part
          : [];
      }),
    );
    const isAsync = (statement.type === 'for' || statement.type === 'with') && statement.isAsync;
    return isAsync ? [statement, ...inside] : inside;
  });
}
