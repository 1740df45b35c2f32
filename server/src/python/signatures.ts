/** What a definition shows to others: everything but its body. Other files may read only this of a function. */
import { defineQuery, type Reader } from '../query/database.ts';
import type { Argument, Expression, FunctionDef, Parameter, Statement } from '../syntax/nodes.ts';
import { blockSource, loweredHead } from '../syntax/source.ts';
import { expressionsIn, ownExpressions, ownStatements } from '../syntax/walk.ts';
import { blockOf, definitionOf, functionOf, nameOf } from './definitions.ts';

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
  const head = headOf(db, id);
  const node = head ?? functionOf(db, id);
  if (node === undefined) return null;
  const { name, isAsync, decorators, parameters, returns } = node;
  return {
    name,
    isAsync,
    isGenerator: head === undefined ? hasYield(node.body) : yields(db, id),
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

/** The definition without its body, where the block is nothing but that function. */
function headOf(db: Reader, id: string): FunctionDef | undefined {
  if (blockOf(id) !== id) return undefined;
  const [only, ...others] = db.get(loweredHead, id).body;
  return only?.type === 'function' && others.length === 0 && only.name === nameOf(id)
    ? only
    : undefined;
}

/** The body is read only where it says `yield` somewhere. */
function yields(db: Reader, id: string): boolean {
  if (!db.get(blockSource, id).text.includes('yield')) return false;
  return hasYield(functionOf(db, id)?.body ?? []);
}

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
