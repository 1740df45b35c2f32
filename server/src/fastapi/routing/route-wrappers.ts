/** What decorators give back: the function itself, or another one around it. */
import { WRAPPERS } from '../../knowledge/wrappers.ts';
import { functionOf } from '../../python/definitions.ts';
import { returnsIn } from '../../python/signatures.ts';
import type { Expression, FunctionDef } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';
import type { Subject } from '../subject.ts';

export interface Wrapper {
  /** It says that it is the function it wraps (`functools.wraps`), so that its signature is read from there. */
  readonly isTransparent: boolean;
  /** The inner function, and the name of what it wraps, where it is one of the project's. */
  readonly inner?: FunctionDef;
  readonly wrapped?: string;
  /** The function that is the decorator, or makes it. */
  readonly id?: string;
}

/** What a decorator puts around a function; nothing when it gives the function back, or may. */
export function wrapperOf(
  subject: Subject,
  decorator: Expression,
  scope: string,
): Wrapper | undefined {
  const isCall = decorator.type === 'call';
  const head = isCall ? decorator.callee : decorator;
  const value = subject.meaningOf(head, scope);
  if (value?.kind === 'external')
    return WRAPPERS.has(value.name) ? { isTransparent: true } : undefined;
  if (value?.kind !== 'function' || value.bound) return undefined;
  const node = functionOf(subject.db, value.id);
  if (node === undefined || node.decorators.length > 0) return undefined;
  const maker = isCall ? returnedFunction(node) : node;
  const inner = maker && returnedFunction(maker);
  const wrapped = maker?.parameters[0]?.name;
  if (inner === undefined || wrapped === undefined) return undefined;
  const isTransparent = inner.decorators.some((one) => isWraps(subject, one, value.id));
  if (!isTransparent && inner.decorators.length > 0) return undefined;
  return { isTransparent, inner, wrapped, id: value.id };
}

/** The one function of its body that a function returns, always. */
function returnedFunction({ body }: FunctionDef): FunctionDef | undefined {
  const [first, ...others] = returnsIn(body);
  if (first?.type !== 'name' || others.some((one) => one.type !== 'name' || one.id !== first.id))
    return undefined;
  // What else is done with it may make it another function.
  let found: FunctionDef | undefined;
  for (const statement of ownStatements(body)) {
    if (statement.type === 'function' && statement.name === first.id) {
      if (found !== undefined) return undefined;
      found = statement;
    } else if (statement.type === 'assign' || statement.type === 'expression') {
      const [target] = statement.type === 'assign' ? statement.targets : [statement.value];
      if (target?.type !== 'string' && statement.type === 'expression') return undefined;
      if (
        target?.type === 'attribute' &&
        target.object.type === 'name' &&
        target.object.id === first.id
      )
        return undefined;
      if (target?.type === 'name' && target.id === first.id) return undefined;
    }
  }
  return found;
}

function isWraps(subject: Subject, decorator: Expression, scope: string): boolean {
  return decorator.type === 'call' && subject.nameOf(decorator.callee, scope) === 'functools.wraps';
}

/** Whether a function takes anything: FastAPI reads `args` and `kwargs` as two parameters of the query. */
export function takesAnything({ parameters }: FunctionDef): boolean {
  return parameters.length > 0 && parameters.every(({ kind }) => kind === '*' || kind === '**');
}
