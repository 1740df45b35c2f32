/** Which functions of the project run because of what stands at a place. */
import { blockOf, functionOf, outerScopeOf } from '../python/definitions.ts';
import type { Evaluator } from '../python/evaluate.ts';
import { functionSignature } from '../python/signatures.ts';
import type { CallSite } from '../python/sites.ts';
import type { Value } from '../python/values.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression } from '../syntax/nodes.ts';
import { blockSource } from '../syntax/source.ts';
import type { Subject } from './subject.ts';

/**
 * The functions of the project that run because of a call: what is called, of a class its `__init__`, of what a `with`
 * enters its `__enter__` and `__exit__`. A generator runs where it is gone through, an `async def` where it is awaited or handed on.
 */
export function targetsOf(evaluator: Evaluator, db: Reader, site: CallSite): readonly string[] {
  const callee = evaluator.meaningOf(site.node.callee, site.scope);
  if (callee === undefined) return [];
  return calledFunctions(evaluator, callee, site).filter((id) => runsAt(evaluator, db, id, site));
}

function runsAt(
  evaluator: Evaluator,
  db: Reader,
  id: string,
  { use, isAwaited, node, scope }: CallSite,
) {
  const signature = db.get(functionSignature, id);
  if (signature === null || !runsAsWritten(evaluator, db, id)) return false;
  if (signature.isGenerator) {
    if (signature.isAsync) return false;
    if (evaluator.hasDecorator(id, 'contextlib.contextmanager')) return use.kind === 'entered';
    if (use.kind === 'iterated') return true;
    if (use.kind !== 'argument' || use.call === node) return false;
    const taker = evaluator.meaningOf(use.call.callee, scope);
    return taker?.kind === 'external' && CONSUMERS.has(taker.name);
  }
  if (!signature.isAsync) return !isAwaited;
  return isAwaited || use.kind === 'collected' || use.kind === 'argument';
}

/** They go through a generator that they are given. */
const CONSUMERS: ReadonlySet<string> = new Set(
  'list tuple set sorted dict sum min max any all next'
    .split(' ')
    .map((name) => `builtins.${name}`),
);

function calledFunctions(evaluator: Evaluator, callee: Value, { use }: CallSite): string[] {
  if (callee.kind === 'function') return [callee.id];
  const methodOf = (name: string): string[] => {
    const method = evaluator.attributeOf(callee, name);
    return method?.kind === 'function' ? [method.id] : [];
  };
  if (callee.kind === 'class')
    return ['__init__', ...(use.kind === 'entered' ? ['__enter__', '__exit__'] : [])].flatMap(
      methodOf,
    );
  return callee.kind === 'instance' ? methodOf('__call__') : [];
}

/** Decorators after which a call runs the function's own body, there and then. */
const TRANSPARENT: ReadonlySet<string> = new Set(
  (
    'builtins.staticmethod builtins.classmethod builtins.property contextlib.contextmanager typing.override ' +
    'typing_extensions.override typing.no_type_check typing_extensions.deprecated warnings.deprecated ' +
    'tenacity.retry backoff.on_exception backoff.on_predicate pydantic.validate_call sqlalchemy.orm.reconstructor'
  ).split(' '),
);

const ROUTE = /^fastapi\.(?:FastAPI|APIRouter)\.\w+$/;

/**
 * Whether calling the function runs its body where it is called. What is cached holds up one request; and a decorator may
 * do anything: of those of the project, ones are followed that are seen to call.
 */
function runsAsWritten(evaluator: Evaluator, db: Reader, id: string): boolean {
  const signature = db.get(functionSignature, id);
  const scope = outerScopeOf(id);
  return (signature?.decorators ?? []).every((decorator) => {
    const head = decorator.type === 'call' ? decorator.callee : decorator;
    const value = evaluator.meaningOf(head, scope);
    if (value?.kind === 'external') return TRANSPARENT.has(value.name) || ROUTE.test(value.name);
    return value?.kind === 'function' && db.get(decoratesPlainly, value.id);
  });
}

/** By function id: whether the decorator gives a plain wrapper that neither keeps results nor runs it elsewhere. */
const decoratesPlainly = defineQuery<boolean>('decorates plainly', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined || !node.body.some(({ type }) => type === 'function')) return false;
  const { text } = db.get(blockSource, blockOf(id));
  return !ELSEWHERE.test(text);
});

const ELSEWHERE =
  /\basync\s+def\b|cache|memo|thread|executor|submit|delay|spawn|schedule|create_task/i;

interface PropertyRead {
  readonly target: string;
  readonly at: Expression;
}

/** The properties of the project's classes that an attribute chain reads; of what is called, only what stands before it. */
export function propertiesIn(
  { evaluator, db }: Subject,
  chain: Expression,
  scope: string,
  isRead: boolean,
): readonly PropertyRead[] {
  const found: PropertyRead[] = [];
  let part = chain;
  for (let isWhole = true; part.type === 'attribute'; isWhole = false, part = part.object) {
    if (isWhole && !isRead) continue;
    const object = evaluator.meaningOf(part.object, scope);
    if (object?.kind !== 'instance' || object.class.kind !== 'project') continue;
    const member = evaluator.attributeOf({ kind: 'class', class: object.class }, part.name);
    if (member?.kind !== 'function' || !evaluator.hasDecorator(member.id, 'builtins.property'))
      continue;
    if (runsAsWritten(evaluator, db, member.id)) found.push({ target: member.id, at: part });
  }
  return found;
}
