/** What becomes of something that a path operation returns. */
import { functionOf } from '../../python/definitions.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { functionSignature, returnsIn } from '../../python/signatures.ts';
import type { Value } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { lastName } from '../../syntax/parts.ts';
import { isHttpException, isResponse, isResponseClass } from '../classes.ts';
import { isStub } from '../reads.ts';
import type { Subject } from '../subject.ts';

/** What is asked about meanings: a rule's subject, or the inside of a query. */
type Asked = Pick<Subject, 'db' | 'evaluator' | 'meaningOf'>;

/** `response`: sent as it is. `scalar`: fixed scalars, also in a dict, or nothing at all. `json`: anything else. */
export type Sent = 'response' | 'json' | 'scalar' | 'unknown';

/** How many functions deep a helper's own returns are read. */
const HOPS = 3;

export function sentBy(subject: Asked, expression: Expression, scope: string, hops = HOPS): Sent {
  switch (expression.type) {
    case 'string':
    case 'number':
    case 'true':
    case 'false':
    case 'none':
      return 'scalar';
    case 'dict':
      return expression.entries.every(({ value }) => isScalar(value)) ? 'scalar' : 'json';
    case 'list':
    case 'set':
    case 'comprehension':
    case 'fstring':
      return 'json';
    case 'conditional':
      return loudest([expression.body, expression.orelse].map((one) => again(one)));
    case 'boolean':
      return loudest([expression.left, expression.right].map((one) => again(one)));
    case 'await':
      return again(expression.value);
    case 'call':
      return ofCall(subject, expression, scope, hops);
    case 'name':
      if (isBoundToResponse(subject, expression.id, scope, hops)) return 'response';
      return ofValue(subject, subject.meaningOf(expression, scope));
    default:
      return ofValue(subject, subject.meaningOf(expression, scope));
  }

  function again(one: Expression): Sent {
    return sentBy(subject, one, scope, hops);
  }
}

const LOUDEST = ['response', 'json', 'unknown', 'scalar'] as const;

function loudest(kinds: readonly Sent[]): Sent {
  return LOUDEST.find((kind) => kinds.includes(kind)) ?? 'unknown';
}

function isScalar(expression: Expression): boolean {
  return ['string', 'number', 'true', 'false', 'none'].includes(expression.type);
}

function ofCall(subject: Asked, call: Call, scope: string, hops: number): Sent {
  const callee = subject.meaningOf(call.callee, scope);
  if (isResponseClass(subject.evaluator, callee)) return 'response';
  // A model may well be called `UserResponse`.
  if (callee?.kind !== 'class' && namesResponse(call.callee)) return 'response';
  if (callee?.kind === 'external' && /^builtins\.(?:dict|list|sorted)$/.test(callee.name))
    return 'json';
  const seen =
    callee?.kind === 'function' && hops > 0
      ? subject.db.get(sentByFunction, `${hops - 1}:${callee.id}`)
      : null;
  return seen ?? ofValue(subject, resultOf(subject.meaningOf(call, scope)));
}

/** An `await` around a call is the same call. */
function resultOf(value: Value | undefined): Value | undefined {
  return value?.kind === 'coroutine' ? (value.result ?? undefined) : value;
}

const NAMED_RESPONSE = /Response$|_response$|^redirect|_redirect$/;

function namesResponse(callee: Expression): boolean {
  const name = lastName(callee);
  return NAMED_RESPONSE.test(name);
}

/** By `hops:function id`: what a function's own body shows, whatever its annotation says; `null` where it shows nothing. */
const sentByFunction = defineQuery<Sent | null>('sent by function', (db, key) => {
  const colon = key.indexOf(':');
  const hops = Number(key.slice(0, colon));
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  const signature = db.get(functionSignature, id);
  if (node === undefined || signature === null || signature.isGenerator) return null;
  const returned = returnsIn(node.body);
  if (returned.length === 0) return isStub(node) ? null : 'scalar';
  const evaluator = createEvaluator(db);
  const asked: Asked = { db, evaluator, meaningOf: evaluator.meaningOf };
  const kinds = returned.map((one) => sentBy(asked, one, id, hops));
  if (kinds.includes('response')) return 'response';
  return kinds.every((kind) => kind === 'scalar') ? 'scalar' : null;
});

/** A name that is bound more than once may be a response in the end. */
function isBoundToResponse(subject: Asked, name: string, scope: string, hops: number): boolean {
  const traced = hops > 0 ? subject.evaluator.trace(name, scope) : undefined;
  if (traced?.kind !== 'bindings') return false;
  return traced.bindings.some(
    (binding) =>
      binding.kind === 'value' &&
      binding.value !== undefined &&
      binding.unpack === undefined &&
      sentBy(subject, binding.value, binding.scope, hops - 1) === 'response',
  );
}

function ofValue(subject: Asked, value: Value | undefined): Sent {
  if (value === undefined) return 'unknown';
  const { evaluator } = subject;
  if (isResponse(evaluator, value)) return 'response';
  // A returned exception is a mistake with a rule of its own.
  if (isHttpException(evaluator, value)) return 'scalar';
  if (value.kind !== 'instance') return value.kind === 'none' ? 'scalar' : 'unknown';
  const { class: ref } = value;
  if (ref.kind === 'external') return /^builtins\.|^pydantic/.test(ref.name) ? 'json' : 'unknown';
  const isNamedSo = evaluator
    .lineage(ref)
    .some((one) => one.kind === 'external' && NAMED_RESPONSE.test(one.name));
  return isNamedSo ? 'response' : 'json';
}
