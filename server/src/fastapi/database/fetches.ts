/** Which query of a session made an object, and what that query was told to load with it. */
import {
  ASYNC_SESSIONS,
  FETCHES,
  HANDING_ON,
  REFINING,
  SELECTS,
} from '../../knowledge/relationships.ts';
import type { Binding } from '../../python/bindings.ts';
import { blockOf, functionOf, outerScopeOf } from '../../python/definitions.ts';
import { returnsIn } from '../../python/signatures.ts';
import { defineQuery } from '../../query/database.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import { isDepends, markersOf } from '../markers.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { loadedBy } from './loader-options.ts';
import { relationshipOf } from './relationships.ts';

export interface Fetch {
  readonly isAsync: boolean;
  /** The attributes that its loader options speak of. */
  readonly loads: readonly string[];
  /** The methods that refine it: `where`, `order_by`, `limit`. */
  readonly refined: readonly string[];
  /** Where it says what it asks for: `select(User)`, `db.query(User)`, `db.get(User, 1)`. */
  readonly origin: Origin;
}

export interface Origin {
  readonly block: string;
  readonly call: Call;
  /** Options are written behind a statement, and between the parentheses of `get`. */
  readonly kind: 'statement' | 'key';
}

type Options = Pick<Fetch, 'loads' | 'refined' | 'origin'>;

/** How many functions without a session of their own a result is followed through. */
const LEVELS = 2;

/** The query that made an object, or the objects that something holds; nothing where it, or an option of it, is unknown. */
export function fetchOf(
  subject: Subject,
  expression: Expression,
  scope: string,
): Fetch | undefined {
  return createTracer(subject, LEVELS).fetch(expression, scope);
}

/** By `level:function id`: the one query that made what a function returns. */
const returnedFetch = defineQuery<Fetch | null>('returned fetch', (db, key) => {
  const colon = key.indexOf(':');
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  if (node === undefined) return null;
  const tracer = createTracer(subjectOf(db, blockOf(id)), Number(key.slice(0, colon)));
  const returned = returnsIn(node.body).filter(({ type }) => type !== 'none');
  return merged(returned.map((one) => tracer.fetch(one, id))) ?? null;
});

/** By `level:function id`: the statement that a function returns. */
const returnedStatement = defineQuery<Options | null>('returned statement', (db, key) => {
  const colon = key.indexOf(':');
  const id = key.slice(colon + 1);
  const node = functionOf(db, id);
  if (node === undefined) return null;
  const tracer = createTracer(subjectOf(db, blockOf(id)), Number(key.slice(0, colon)));
  return merged(returnsIn(node.body).map((one) => tracer.statement(one, id))) ?? null;
});

/** All of them in one, when all are known. */
function merged<T extends Options>(found: readonly (T | undefined)[]): T | undefined {
  const [first] = found;
  if (first === undefined || found.some((one) => one === undefined)) return undefined;
  const loads = new Set(found.flatMap((one) => one?.loads ?? []));
  const refined = new Set(found.flatMap((one) => one?.refined ?? []));
  return { ...first, loads: [...loads], refined: [...refined] };
}

interface Tracer {
  fetch(expression: Expression, scope: string): Fetch | undefined;
  statement(expression: Expression, scope: string): Options | undefined;
}

function createTracer(subject: Subject, level: number): Tracer {
  const { db, evaluator } = subject;
  const underWay = new Set<string>();
  return { fetch, statement };

  function fetch(expression: Expression, scope: string): Fetch | undefined {
    switch (expression.type) {
      case 'await':
      case 'walrus':
        return fetch(expression.value, scope);
      case 'subscript': {
        const whole = fetch(expression.object, scope);
        const isPart = expression.indices[0]?.type === 'slice';
        return whole && isPart ? refinedBy(whole, 'slice', []) : whole;
      }
      case 'attribute':
        return isRelated(expression.object, expression.name, scope)
          ? fetch(expression.object, scope)
          : undefined;
      case 'name':
        return byName(expression.id, scope, (binding, at) => bindingFetch(binding, at));
      case 'call':
        return callFetch(expression, scope);
      default:
        return undefined;
    }
  }

  /** `order.items`: what loaded the order says what was loaded with it. */
  function isRelated(object: Expression, name: string, scope: string): boolean {
    const value = subject.meaningOf(object, scope);
    return value?.kind === 'instance' && relationshipOf(subject, value.class, name) !== undefined;
  }

  /** What all bindings of a name agree on; one that reads the name itself says no more than the others. */
  function byName<T extends Options>(
    name: string,
    scope: string,
    read: (binding: Binding, scope: string) => T | undefined,
  ): T | undefined {
    const traced = evaluator.trace(name, scope);
    if (traced?.kind !== 'bindings') return undefined;
    const key = `${traced.scope}\n${name}`;
    if (underWay.has(key)) return undefined;
    underWay.add(key);
    const found = traced.bindings.filter((binding) => !isNothing(binding));
    const own = found.filter((binding) => !(binding.kind === 'value' && mentions(binding, name)));
    const result = merged(own.map((binding) => read(binding, traced.scope)));
    const again = found.filter((binding) => !own.includes(binding));
    const extra = again.map((binding) => binding.kind === 'value' && grown(binding, name));
    underWay.delete(key);
    if (result === undefined || extra.some((one) => one === false || one === undefined))
      return undefined;
    const grownBy = extra.flatMap((one) => one || []);
    return {
      ...result,
      loads: [...result.loads, ...grownBy.flatMap(({ loads }) => loads)],
      refined: [...result.refined, ...grownBy.flatMap(({ refined }) => refined)],
    };
  }

  /** `statement = statement.where(...).options(...)`: the attributes that it adds. */
  function grown(
    { value, scope }: Extract<Binding, { kind: 'value' }>,
    name: string,
  ): Pick<Options, 'loads' | 'refined'> | undefined {
    const loads: string[] = [];
    const refined: string[] = [];
    let part = value;
    while (part?.type === 'call' && part.callee.type === 'attribute') {
      if (!REFINING.has(part.callee.name) && !HANDING_ON.has(part.callee.name)) return undefined;
      const given = part.callee.name === 'options' ? loadedBy(subject, part.args, scope) : [];
      if (given === undefined) return undefined;
      loads.push(...given);
      refined.push(part.callee.name);
      part = part.callee.object;
    }
    return part?.type === 'name' && part.id === name ? { loads, refined } : undefined;
  }

  function bindingFetch(binding: Binding, scope: string): Fetch | undefined {
    switch (binding.kind) {
      case 'value':
        return binding.unpack === undefined && binding.value !== undefined
          ? fetch(binding.value, binding.scope)
          : undefined;
      case 'item': {
        const { iterable, unpack } = binding;
        if (unpack === undefined) return fetch(iterable, binding.scope);
        // `for index, item in enumerate(items)`.
        const isCounted =
          iterable.type === 'call' &&
          unpack.length === 1 &&
          unpack[0] === 1 &&
          subject.nameOf(iterable.callee, binding.scope) === 'builtins.enumerate';
        const [items] = isCounted ? iterable.args : [];
        return items && fetch(items.value, binding.scope);
      }
      case 'parameter': {
        const outer = outerScopeOf(scope);
        const marker = markersOf(subject, binding.parameter, { outer }).find(isDepends);
        const [dependency] = marker?.call.args ?? [];
        return marker && dependency && ofFunction(dependency.value, marker.scope);
      }
      default:
        return undefined;
    }
  }

  function callFetch(call: Call, scope: string): Fetch | undefined {
    const { callee, args } = call;
    const name = subject.nameOf(callee, scope);
    const kind = name === undefined ? undefined : FETCHES.get(name);
    if (callee.type === 'attribute' && name !== undefined && kind !== undefined) {
      const isAsync = ASYNC_SESSIONS.has(name.slice(0, name.lastIndexOf('.')));
      const options = ofCall(call, kind, scope);
      return options && { ...options, isAsync };
    }
    const [first] = args;
    if (name !== undefined && COPIES.has(name)) return first && fetch(first.value, scope);
    if (callee.type === 'attribute' && name?.startsWith('sqlalchemy.')) {
      const before = fetch(callee.object, scope);
      if (before === undefined || HANDING_ON.has(callee.name)) return before;
      if (!REFINING.has(callee.name)) return undefined;
      const loads = callee.name === 'options' ? loadedBy(subject, args, scope) : [];
      return loads && refinedBy(before, callee.name, loads);
    }
    return ofFunction(callee, scope);
  }

  function ofCall(
    call: Call,
    kind: 'statement' | 'key' | 'query',
    scope: string,
  ): Options | undefined {
    const [first] = call.args;
    if (first === undefined || first.star !== undefined) return undefined;
    if (kind === 'statement') return statement(first.value, scope);
    const options = argumentOf(call, 'options');
    const given = options?.type === 'list' || options?.type === 'tuple' ? options.elements : [];
    if (options !== undefined && given.length === 0) return undefined;
    const loads = loadedBy(
      subject,
      given.map((value) => ({ value, start: value.start, end: value.end })),
      scope,
    );
    const origin = {
      block: blockOf(scope),
      call,
      kind: kind === 'key' ? kind : 'statement',
    } as const;
    return loads && { loads, refined: [], origin };
  }

  function ofFunction(callee: Expression, scope: string): Fetch | undefined {
    const value = subject.meaningOf(callee, scope);
    if (value?.kind !== 'function' || level === 0) return undefined;
    return db.get(returnedFetch, `${level - 1}:${value.id}`) ?? undefined;
  }

  function statement(expression: Expression, scope: string): Options | undefined {
    if (expression.type === 'name')
      return byName(expression.id, scope, (binding) =>
        binding.kind === 'value' && binding.unpack === undefined && binding.value !== undefined
          ? statement(binding.value, binding.scope)
          : undefined,
      );
    if (expression.type !== 'call') return undefined;
    const { callee, args } = expression;
    if (SELECTS.has(subject.nameOf(callee, scope) ?? ''))
      return {
        loads: [],
        refined: [],
        origin: { block: blockOf(scope), call: expression, kind: 'statement' },
      };
    if (callee.type === 'attribute' && REFINING.has(callee.name)) {
      const before = statement(callee.object, scope);
      const loads = callee.name === 'options' ? loadedBy(subject, args, scope) : [];
      return before && loads && refinedBy(before, callee.name, loads);
    }
    const value = subject.meaningOf(callee, scope);
    if (value?.kind !== 'function' || level === 0) return undefined;
    return db.get(returnedStatement, `${level - 1}:${value.id}`) ?? undefined;
  }
}

function refinedBy<T extends Options>(before: T, name: string, loads: readonly string[]): T {
  return { ...before, loads: [...before.loads, ...loads], refined: [...before.refined, name] };
}

const COPIES: ReadonlySet<string> = new Set(
  'list tuple set sorted reversed iter next enumerate'.split(' ').map((name) => `builtins.${name}`),
);

function isNothing(binding: Binding): boolean {
  return binding.kind === 'value' && binding.value?.type === 'none';
}

/** `user = user or ...`, `query = query.filter(...)`. */
function mentions({ value }: Extract<Binding, { kind: 'value' }>, name: string): boolean {
  return value !== undefined && namesIn(value).includes(name);
}
