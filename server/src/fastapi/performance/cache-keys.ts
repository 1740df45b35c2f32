/** Keys of shared caches that another process can't make again. */

import { SHARED_CACHE_CALLS } from '../../knowledge/shared-caches.ts';
import { blockOf, functionOf, nameOf } from '../../python/definitions.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import type { NamedCall } from '../calls.ts';
import { boundValue } from '../constants.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';

/** What a key is made of: `hash` differs with each start of Python, `id` with each object. */
export interface UnstablePart {
  readonly node: Call;
  /** The block that it stands in. */
  readonly block: string;
  readonly scope: string;
  readonly kind: 'hash' | 'id';
  /** What is hashed is known to be a text; of other things `hash` may well be the same everywhere. */
  readonly isText: boolean;
  /** The function that makes the key, when it is not where the cache is asked. */
  readonly maker: string | undefined;
}

/** How many names and functions of the project are gone back through. */
const HOPS = 3;

/** The part of the key that a call gives a shared cache which is another one in each process. */
export function unstableKey(subject: Subject, call: NamedCall): UnstablePart | undefined {
  if (!SHARED_CACHE_CALLS.has(call.name)) return undefined;
  const { node, scope } = call;
  const [first] = node.args;
  const key =
    first?.name === undefined && first?.star === undefined
      ? first?.value
      : (argumentOf(node, 'name') ?? argumentOf(node, 'key'));
  return key && unstablePart(subject, key, scope, HOPS, undefined);
}

function unstablePart(
  subject: Subject,
  key: Expression,
  scope: string,
  hops: number,
  maker: string | undefined,
): UnstablePart | undefined {
  for (const part of ownExpressions(key)) {
    if (part.type === 'name') {
      const bound = hops > 0 ? boundValue(subject, part.id, scope) : undefined;
      const found = bound && unstablePart(subject, bound.expression, bound.scope, hops - 1, maker);
      if (found !== undefined) return found;
    }
    if (part.type !== 'call') continue;
    const found = unstableCall(subject, part, scope, maker) ?? inMaker(subject, part, scope, hops);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unstableCall(
  subject: Subject,
  node: Call,
  scope: string,
  maker: string | undefined,
): UnstablePart | undefined {
  const name = subject.nameOf(node.callee, scope);
  const [given, ...others] = node.args;
  if (given === undefined || given.star !== undefined || others.length > 0) return undefined;
  const part = { node, block: subject.block, scope, maker };
  if (name === 'builtins.id') return { ...part, kind: 'id', isText: false };
  if (name !== 'builtins.hash') return undefined;
  const hashed = hashedKind(subject, given.value, scope);
  return hashed === 'stable' ? undefined : { ...part, kind: 'hash', isText: hashed === 'text' };
}

const STABLE = /^builtins\.(?:int|float|bool|complex)$/;
const TEXT = /^builtins\.(?:str|bytes)$/;
const GIVES_TEXT =
  /^(?:builtins\.(?:str|repr)|json\.dumps|urllib\.parse\.\w+|pydantic\.BaseModel\.model_dump_json)$/;

/** Numbers hash to the same everywhere; texts, and what holds them, do not. */
function hashedKind(
  subject: Subject,
  hashed: Expression,
  scope: string,
): 'text' | 'stable' | 'unknown' {
  if (hashed.type === 'string' || hashed.type === 'fstring') return 'text';
  if (hashed.type === 'number') return 'stable';
  if (hashed.type === 'tuple') {
    const kinds = hashed.elements.map((one) => hashedKind(subject, one, scope));
    return kinds.every((kind) => kind === 'stable') ? 'stable' : 'unknown';
  }
  if (hashed.type === 'call' && GIVES_TEXT.test(subject.nameOf(hashed.callee, scope) ?? ''))
    return 'text';
  const value = subject.meaningOf(hashed, scope);
  if (value?.kind !== 'instance') return 'unknown';
  // A class of the project may say itself what its hash is.
  if (value.class.kind === 'project') return 'stable';
  if (TEXT.test(value.class.name)) return 'text';
  return STABLE.test(value.class.name) ? 'stable' : 'unknown';
}

/** `key_of(query)`: what a plain function of the project returns. */
function inMaker(
  subject: Subject,
  node: Call,
  scope: string,
  hops: number,
): UnstablePart | undefined {
  const callee = hops > 0 ? subject.meaningOf(node.callee, scope) : undefined;
  if (callee?.kind !== 'function') return undefined;
  const signature = subject.db.get(functionSignature, callee.id);
  const made = functionOf(subject.db, callee.id);
  if (made === undefined || signature?.isAsync !== false || signature.isGenerator) return undefined;
  const inside = subjectOf(subject.db, blockOf(callee.id));
  for (const value of returnsIn(made.body)) {
    const found = unstablePart(inside, value, callee.id, hops - 1, nameOf(callee.id));
    if (found !== undefined) return found;
  }
  return undefined;
}
