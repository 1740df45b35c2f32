/** Caches that keep a coroutine where its result was meant. */
import { RESULT_CACHES } from '../../knowledge/wrappers.ts';
import { functionOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import type { CallSite, FunctionSite } from '../../python/sites.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';
import { keepsAsync, makesCoroutine } from '../effects/coroutines.ts';
import type { Plan } from '../effects/loop.ts';
import type { Subject } from '../subject.ts';

export interface CachedCoroutine {
  readonly at: Expression;
  readonly cache: Expression;
  /** `stream`: what is kept is an asynchronous generator. */
  readonly what: 'coroutine' | 'stream';
}

/** The decorator of a function that keeps what it makes; nothing where one in between may make something else of it. */
export function cachingDecorator(
  subject: Subject,
  { id, node, outer }: FunctionSite,
): CachedCoroutine | undefined {
  const index = node.decorators.findIndex((one) => isCache(subject, headOf(one), outer));
  const decorator = node.decorators[index];
  if (decorator === undefined) return undefined;
  const below = node.decorators.slice(index + 1);
  // Above `@app.get` it never runs for a request: routing/decorator-order.
  const isRegistered = below.some((one) =>
    /^fastapi\./.test(subject.nameOf(headOf(one), outer) ?? ''),
  );
  if (isRegistered || !below.every((one) => keepsAsync(subject, one, outer))) return undefined;
  const what = kept(subject, id);
  return what && { at: decorator, cache: headOf(decorator), what };
}

/** `lru_cache(load)`, `lru_cache(maxsize=8)(load)`. */
export function cachingCall(
  subject: Subject,
  { node, scope }: CallSite,
): CachedCoroutine | undefined {
  const cache = headOf(node.callee);
  const [only] = node.args;
  if (only === undefined || !isCache(subject, cache, scope)) return undefined;
  const value = subject.meaningOf(only.value, scope);
  const what = value?.kind === 'function' && makesOrStreams(subject, value.id);
  return what ? { at: node, cache, what } : undefined;
}

function isCache(subject: Subject, head: Expression, scope: string): boolean {
  return RESULT_CACHES.has(subject.nameOf(head, scope) ?? '');
}

/** What a function gives, without its decorators. */
function kept(subject: Subject, id: string): CachedCoroutine['what'] | undefined {
  const signature = subject.db.get(functionSignature, id);
  if (signature === null) return undefined;
  if (signature.isAsync) return signature.isGenerator ? 'stream' : 'coroutine';
  return !signature.isGenerator && returnsCoroutine(subject, id) ? 'coroutine' : undefined;
}

function makesOrStreams(subject: Subject, id: string): CachedCoroutine['what'] | undefined {
  return (subject.db.get(functionSignature, id)?.decorators ?? []).length === 0
    ? kept(subject, id)
    : undefined;
}

/** A plain function that hands the coroutine of another one on. */
function returnsCoroutine(subject: Subject, id: string): boolean {
  return returnsIn(functionOf(subject.db, id)?.body ?? []).some(
    (one): one is Call =>
      one.type === 'call' && makesCoroutine(subject, subject.meaningOf(one.callee, id)),
  );
}

/** Takes the decorator's line away. */
export function withoutCache<FixId extends string>(
  { db, block }: Subject,
  { at }: CachedCoroutine,
  fix: FixId,
): Plan<FixId> | undefined {
  const { text } = db.get(blockSource, block);
  const start = text.lastIndexOf('@', at.start);
  const after = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(at.end));
  if (start < 0 || after === null || text.slice(start + 1, at.start).trim() !== '')
    return undefined;
  return { fix, replace: [{ start, end: at.end + after[0].length, text: '' }], imports: [] };
}
