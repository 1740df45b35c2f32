import type { ReturnSite } from '../python/sites.ts';
import type { Value } from '../python/values.ts';
import type { Expression, FunctionDef } from '../syntax/nodes.ts';

/** A `return` with a value, in the own body of a function. */
export interface Returned extends ReturnSite {
  readonly function: FunctionDef;
  readonly expression: Expression;
  readonly value: Value | undefined;
}
