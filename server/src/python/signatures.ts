/** What a definition shows to others: everything but its body. Other files may read only this of a function. */
import { defineQuery } from '../query/database.ts';
import type { Argument, Expression, Parameter, Statement } from '../syntax/nodes.ts';
import { expressionsIn, ownExpressions, ownStatements } from '../syntax/walk.ts';
import { definitionOf } from './definitions.ts';

export interface FunctionSignature {
  readonly name: string;
  readonly isAsync: boolean;
  /** It has a `yield` of its own. */
  readonly isGenerator: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns?: Expression;
}

export interface ClassSignature {
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
}

/** By function id; `null` when there is no such function. */
export const functionSignature = defineQuery<FunctionSignature | null>('signature', (db, id) => {
  const node = definitionOf(db, id)?.node;
  if (node?.type !== 'function') return null;
  const { name, isAsync, decorators, parameters, returns } = node;
  return {
    name,
    isAsync,
    isGenerator: hasYield(node.body),
    decorators,
    parameters,
    ...(returns && { returns }),
  };
});

/** By class id; `null` when there is no such class. */
export const classSignature = defineQuery<ClassSignature | null>('class signature', (db, id) => {
  const node = definitionOf(db, id)?.node;
  if (node?.type !== 'class') return null;
  const { name, decorators, bases } = node;
  return { name, decorators, bases };
});

function hasYield(body: readonly Statement[]): boolean {
  return yieldsIn(body).length > 0;
}

/** What a function's own `return` statements give; a bare `return` gives nothing here. */
export function returnsIn(body: readonly Statement[]): Expression[] {
  const found: Expression[] = [];
  for (const statement of ownStatements(body))
    if (statement.type === 'return' && statement.value) found.push(statement.value);
  return found;
}

/** What a function's own `yield`s give. A bare `yield` gives an `unknown`. */
export function yieldsIn(body: readonly Statement[]): Expression[] {
  const found: Expression[] = [];
  for (const statement of ownStatements(body)) {
    if (statement.type === 'function' || statement.type === 'class') continue;
    for (const expression of expressionsIn(statement))
      for (const part of ownExpressions(expression))
        if (part.type === 'yield')
          found.push(part.value ?? { type: 'unknown', start: part.start, end: part.end });
  }
  return found;
}
