/** `gather` over lists that have no end. */
import { classScope } from '../../python/bindings.ts';
import { blockOf, functionOf, outerScopeOf } from '../../python/definitions.ts';
import { type CallSite, type Loop, sitesOf } from '../../python/sites.ts';
import { externalClassOf, type Value } from '../../python/values.ts';
import type { Expression, FunctionDef, Span } from '../../syntax/nodes.ts';
import { blockSource } from '../../syntax/source.ts';
import { ownStatements } from '../../syntax/walk.ts';
import { type NamedCall, namedCall } from '../calls.ts';
import { boundValue } from '../constants.ts';
import { isQuery } from '../databases.ts';
import { queryingWayFrom } from '../effects/effects.ts';
import { runsOfCall } from '../effects/targets.ts';
import { copiedIn } from '../loops/views.ts';
import { originOf } from '../origins.ts';
import type { Subject } from '../subject.ts';

export interface EndlessGather {
  readonly iterable: Expression;
  /** Who says how long the list is. */
  readonly size: 'request' | 'query';
}

const GATHERS: ReadonlySet<string> = new Set(['asyncio.gather', 'asyncio.wait']);
const HOPS = 3;

/** A `gather` that starts as many tasks as a request sends items, or a query finds rows. */
export function gatherWithoutEnd(subject: Subject, call: NamedCall): EndlessGather | undefined {
  // Inside of a loop it is given a batch at a time.
  if (!GATHERS.has(call.name) || call.function === undefined || call.loops.length > 0)
    return undefined;
  const around = subject.textOf({ start: call.function.start, end: call.function.end });
  if (LIMITED.test(around)) return undefined;
  for (const { star, value } of call.node.args) {
    if (star !== '*') continue;
    const started = startedOver(subject, call, value);
    if (started === undefined || !isAlone(started.loops) || isHeldBack(subject, started)) continue;
    const [loop] = started.loops;
    const size = loop && sizeOf(subject, loop.iterable, call.scope, HOPS);
    if (loop !== undefined && size !== undefined) return { iterable: loop.iterable, size };
  }
  return undefined;
}

/** What says, anywhere in the function, that only so many run at a time, or that the list is short. */
const LIMITED = /sem(?:aphore)?\b|limit|batch|chunk|throttl|paginat|concurren/i;

/** The calls whose coroutines are gathered: in a comprehension, here or under a name, or appended in a loop. */
function startedOver(
  subject: Subject,
  call: NamedCall,
  value: Expression,
): { readonly loops: readonly Loop[]; readonly calls: readonly CallSite[] } | undefined {
  const { calls } = sitesOf(subject.db, subject.block);
  const within = ({ start, end }: Span) =>
    calls.filter((site) => site.node.start >= start && site.node.end <= end);
  if (value.type === 'comprehension') {
    const inside = within(value).filter(({ loops }) => loops.some(({ node }) => node === value));
    return inside[0] && { loops: inside[0].loops, calls: inside };
  }
  if (value.type !== 'name') return undefined;
  const bound = boundValue(subject, value.id, call.scope);
  if (bound?.scope !== call.scope) return undefined;
  const made = bound.expression;
  if (made.type === 'comprehension') return startedOver(subject, call, made);
  if (made.type !== 'list' || made.elements.length > 0) return undefined;
  const appends = calls.filter(
    ({ node: { callee }, scope }) =>
      scope === call.scope &&
      callee.type === 'attribute' &&
      callee.name === 'append' &&
      callee.object.type === 'name' &&
      callee.object.id === value.id,
  );
  const [append, ...more] = appends;
  if (append === undefined || more.length > 0) return undefined;
  return { loops: append.loops, calls: within(append.node).filter((site) => site !== append) };
}

function isAlone(loops: readonly Loop[]): boolean {
  return loops.length === 1 && loops[0]?.isAsync === false;
}

/** They wait for a turn of their own, or query, of which database/n-plus-one speaks. */
function isHeldBack(subject: Subject, { calls }: { readonly calls: readonly CallSite[] }): boolean {
  const { db } = subject;
  return calls.some((site) => {
    const named = namedCall(subject, site);
    if (named !== undefined && isQuery(named)) return true;
    return runsOfCall(subject, site).some(({ target }) => {
      const text = db.get(blockSource, blockOf(target)).text;
      const node = functionOf(db, target);
      const body = node ? text.slice(node.start, node.end) : text;
      return (
        LIMITED.test(body) ||
        queryingWayFrom(db, target) !== null ||
        (node !== undefined && waitsForTurn(subject, node, target))
      );
    });
  });
}

const TURNS =
  /^(?:asyncio\.(?:Semaphore|BoundedSemaphore|Lock)|anyio\.(?:Semaphore|CapacityLimiter|Lock))$/;

/** `async with turns:`, whatever it is called. */
function waitsForTurn(subject: Subject, { body }: FunctionDef, scope: string): boolean {
  for (const statement of ownStatements(body)) {
    if (statement.type !== 'with' || !statement.isAsync) continue;
    for (const { context } of statement.items)
      if (TURNS.test(externalClassOf(subject.meaningOf(context, scope)) ?? '')) return true;
  }
  return false;
}

function sizeOf(
  subject: Subject,
  iterable: Expression,
  scope: string,
  hops: number,
): EndlessGather['size'] | undefined {
  if (isQueried(subject, iterable, scope, hops)) return 'query';
  const isRequested =
    originOf(subject, iterable, scope) === 'request' && !isShort(subject, iterable, scope);
  return isRequested ? 'request' : undefined;
}

/** The rows of a query, here or through functions of the project that give a list. */
function isQueried(subject: Subject, from: Expression, scope: string, hops: number): boolean {
  switch (from.type) {
    case 'await':
      return isQueried(subject, from.value, scope, hops);
    case 'name': {
      const bound = hops > 0 ? boundValue(subject, from.id, scope) : undefined;
      return bound !== undefined && isQueried(subject, bound.expression, bound.scope, hops - 1);
    }
    case 'call': {
      const site = sitesOf(subject.db, subject.block).calls.find(({ node }) => node === from);
      const named = site && namedCall(subject, site);
      if (named !== undefined && isQuery(named)) return true;
      const copied = copiedIn(subject, from, scope);
      if (copied !== undefined) return isQueried(subject, copied, scope, hops);
      if (from.callee.type === 'attribute' && /^(?:scalars|all|unique)$/.test(from.callee.name))
        return isQueried(subject, from.callee.object, scope, hops);
      return site !== undefined && givesRows(subject, site);
    }
    default:
      return false;
  }
}

function givesRows(subject: Subject, site: CallSite): boolean {
  // What is given a list finds what belongs to that: it is as long as the list, and that may be a batch.
  if (site.node.args.some(({ value }) => isList(subject.meaningOf(value, site.scope))))
    return false;
  return runsOfCall(subject, site).some(({ target }) => {
    const node = functionOf(subject.db, target);
    if (node === undefined || queryingWayFrom(subject.db, target) === null) return false;
    const text = subject.db.get(blockSource, blockOf(target)).text.slice(node.start, node.end);
    if (LIMITED.test(text) || node.returns === undefined) return false;
    return isList(subject.evaluator.annotated(node.returns, outerScopeOf(target)));
  });
}

function isList(value: Value | undefined): boolean {
  return LISTS.test(externalClassOf(value) ?? '');
}

const LISTS =
  /^(?:builtins\.(?:list|set|tuple)|collections\.abc\.(?:Sequence|Iterable)|typing\.\w+)$/;
const SHORT = /max_length|max_items|conlist|conset/;

/** What is sent may only be so long: the parameter or the field says so. */
function isShort(subject: Subject, iterable: Expression, scope: string): boolean {
  if (iterable.type === 'name') {
    const parameter = functionOf(subject.db, scope)?.parameters.find(
      ({ name }) => name === iterable.id,
    );
    if (parameter !== undefined)
      return SHORT.test(subject.sourceOf({ ...parameter, block: blockOf(scope) }));
  }
  if (iterable.type !== 'attribute') return iterable.type === 'subscript';
  const owner = subject.meaningOf(iterable.object, scope);
  if (owner?.kind !== 'instance' || owner.class.kind !== 'project') return false;
  const [binding] = subject.db.get(classScope, owner.class.id).names[iterable.name] ?? [];
  if (binding?.kind !== 'value') return false;
  const block = blockOf(binding.scope);
  return [binding.annotation, binding.value].some(
    (part) => part !== undefined && SHORT.test(subject.sourceOf({ ...part, block })),
  );
}
