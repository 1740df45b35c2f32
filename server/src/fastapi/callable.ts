/** Whether something can be called, and what a dependency becomes when it is called too early. */
import { TRANSPARENT_DECORATORS, UNCALLABLE_CLASSES } from '../knowledge/callables.ts';
import { classScope } from '../python/bindings.ts';
import { functionOf, nameOf, outerScopeOf } from '../python/definitions.ts';
import {
  classSignature,
  type FunctionSignature,
  functionSignature,
  returnsIn,
} from '../python/signatures.ts';
import { type ClassRef, lastPart, type Value } from '../python/values.ts';
import { defineQuery } from '../query/database.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { headOf } from '../syntax/parts.ts';
import type { Subject } from './subject.ts';

/** What a call gives, when that is nothing FastAPI could call. */
export type Uncallable =
  | { readonly kind: 'generator' }
  | { readonly kind: 'coroutine' }
  | { readonly kind: 'nothing' }
  /** The call itself fails: it leaves out a parameter that has no default. */
  | { readonly kind: 'incomplete'; readonly parameter: string }
  | { readonly kind: 'object'; readonly type: string };

/** What a call gives, when that is known and can't be called; nothing for factories, callable objects and what is not known. */
export function uncallableResult(
  subject: Subject,
  call: Call,
  scope: string,
): Uncallable | undefined {
  const callee = subject.meaningOf(call.callee, scope);
  if (callee?.kind === 'class') return uncallableInstance(subject, callee.class);
  if (callee?.kind !== 'function') return undefined;
  const signature = subject.db.get(functionSignature, callee.id);
  if (signature === null) return undefined;
  const outer = outerScopeOf(callee.id);
  if (!areTransparent(subject, signature.decorators, outer)) return undefined;
  const missing = missingParameter(call, signature, callee.bound);
  if (missing !== undefined) return { kind: 'incomplete', parameter: missing };
  if (signature.isGenerator) return { kind: 'generator' };
  if (signature.isAsync) return { kind: 'coroutine' };
  const result = subject.meaningOf(call, scope);
  if (result !== undefined) return uncallableValue(subject, result);
  const isEmpty = signature.returns === undefined && subject.db.get(returnsNothing, callee.id);
  return isEmpty ? { kind: 'nothing' } : undefined;
}

/** The first parameter that a call without any argument leaves out. */
function missingParameter(
  { args }: Call,
  { parameters }: FunctionSignature,
  bound: boolean,
): string | undefined {
  if (args.length > 0) return undefined;
  return parameters
    .slice(bound ? 1 : 0)
    .find(({ kind, default: value }) => value === undefined && kind !== '*' && kind !== '**')?.name;
}

/** By function id. */
const returnsNothing = defineQuery<boolean>('returns nothing', (db, id) => {
  const node = functionOf(db, id);
  return node !== undefined && returnsIn(node.body).length === 0;
});

function uncallableValue(subject: Subject, value: Value): Uncallable | undefined {
  switch (value.kind) {
    case 'none':
      return { kind: 'nothing' };
    case 'coroutine':
      return { kind: 'coroutine' };
    case 'instance':
      return uncallableInstance(subject, value.class);
    default:
      return undefined;
  }
}

function uncallableInstance(subject: Subject, ref: ClassRef): Uncallable | undefined {
  for (const one of subject.evaluator.lineage(ref)) {
    if (one.kind === 'external') {
      if (!/^builtins\.[a-z]/.test(one.name) && !UNCALLABLE_CLASSES.has(one.name)) return undefined;
      continue;
    }
    if (subject.db.get(classScope, one.id).names.__call__ !== undefined) return undefined;
    if (!isWhollyKnown(subject, one.id)) return undefined;
  }
  const type = ref.kind === 'external' ? lastPart(ref.name) : nameOf(ref.id);
  return { kind: 'object', type };
}

/** Every base and decorator of a class leads somewhere. */
function isWhollyKnown(subject: Subject, id: string): boolean {
  const signature = subject.db.get(classSignature, id);
  if (signature === null) return false;
  const outer = outerScopeOf(id);
  if (!areTransparent(subject, signature.decorators, outer)) return false;
  return signature.bases.every(({ name, value }) => {
    if (name !== undefined) return name !== 'metaclass';
    const head = value.type === 'subscript' ? value.object : value;
    return subject.meaningOf(head, outer) !== undefined;
  });
}

function areTransparent(subject: Subject, decorators: readonly Expression[], scope: string) {
  return decorators.every((decorator) => {
    const name = subject.nameOf(headOf(decorator), scope);
    return name !== undefined && TRANSPARENT_DECORATORS.has(name);
  });
}
