/**
 * What expressions mean: names through imports, aliases and re-exports, attributes through classes and instances,
 * calls through annotations and, where there are none, through what the function returns. Whatever is ambiguous is
 * unknown (`undefined`). Nothing here knows FastAPI.
 */
import { CLOSED_OPERATORS, INJECTORS, itemOf } from '../knowledge/results.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Call, Expression, Parameter } from '../syntax/nodes.ts';
import { ownStatements } from '../syntax/walk.ts';
import { type Annotations, createAnnotations } from './annotations.ts';
import { type Binding, classScope, memberBlocks } from './bindings.ts';
import { type Calls, createCalls } from './calls.ts';
import { enclosingOf, functionOf, outerScopeOf, pathOf } from './definitions.ts';
import { createMembers, type Members } from './members.ts';
import { classSignature, functionSignature, returnsIn, yieldsIn } from './signatures.ts';
import { createTracer, type Traced } from './trace.ts';
import {
  agree,
  type ClassRef,
  externalInstance,
  instanceOf,
  itemsOf,
  type Value,
} from './values.ts';

/** How many unannotated functions deep a result is followed. */
const LEVELS = 3;
/** How long a chain of names, attributes and calls may get. */
const MAX_STEPS = 40;

export interface Evaluator
  extends Annotations,
    Pick<Calls, 'resultOf' | 'injectedBy'>,
    Pick<Members, 'attributeOf' | 'lineage' | 'classKeyword' | 'hasDecorator'> {
  /** What an expression is, read in a scope: the id of a function, a class or a block. */
  meaningOf(expression: Expression, scope: string): Value | undefined;
  /** What a parameter receives. */
  parameterValue(parameter: Parameter, index: number, functionId: string): Value | undefined;
  /** Where a name leads: its bindings, in the file that has them, or something of another package. */
  trace(name: string, scope: string): Traced | undefined;
  /** Where a name of a module leads. */
  traceExport(path: string, name: string): Traced | undefined;
}

/** What the parts of an evaluator ask of each other: meaning is mutual. */
export interface Parts extends Annotations, Calls, Members {
  meaningOf(expression: Expression, scope: string): Value | undefined;
  bindingsValue(bindings: readonly Binding[], scope: string): Value | undefined;
  tracedValue(traced: Traced): Value | undefined;
  /** What an unannotated function returns or yields, within the levels that are left. */
  inferredResult(functionId: string): Value | null;
  /** What a class's methods assign to an attribute of `self`. */
  selfAttribute(classId: string, name: string): Value | null;
  /** Guards against chains without end; what is too long is unknown. */
  bounded<T>(work: () => T | undefined): T | undefined;
}

/** By `level:function id`: what an unannotated function returns (or yields), as far as it can be told. */
const inferredResult = defineQuery<Value | null>('inferred result', (db, key) => {
  const { level, id } = levelAndId(key);
  const node = functionOf(db, id);
  const signature = db.get(functionSignature, id);
  if (node === undefined || signature === null) return null;
  const evaluator = createEvaluator(db, level);
  const expressions = signature.isGenerator ? yieldsIn(node.body) : returnsIn(node.body);
  if (expressions.length === 0) return null;
  return agree(expressions.map((expression) => evaluator.meaningOf(expression, id))) ?? null;
});

/** By `level:class id`: what its methods assign to attributes of `self`. */
const selfAttributes = defineQuery<Readonly<Record<string, Value>>>(
  'self attributes',
  (db, key) => {
    const { level, id } = levelAndId(key);
    const evaluator = createEvaluator(db, level);
    const candidates = new Map<string, (Value | undefined)[]>();
    for (const method of methodIds(db, id)) {
      for (const { name, annotation, value } of db.get(selfAssignments, method)) {
        const list = candidates.get(name) ?? [];
        candidates.set(name, list);
        list.push(
          annotation
            ? evaluator.annotated(annotation, method)
            : value && evaluator.meaningOf(value, method),
        );
      }
    }
    const attributes: Record<string, Value> = {};
    for (const [name, values] of candidates) {
      const value = agree(values);
      if (value !== undefined) attributes[name] = value;
    }
    return attributes;
  },
);

const selfAttribute = defineQuery<Value | null>('self attribute', (db, key) => {
  const [owner = '', name = ''] = key.split('\n');
  return db.get(selfAttributes, owner)[name] ?? null;
});

interface SelfAssignment {
  readonly name: string;
  readonly annotation?: Expression;
  readonly value?: Expression;
}

const selfAssignments = defineQuery<readonly SelfAssignment[]>('self assignments', (db, id) => {
  const node = functionOf(db, id);
  const self = node?.parameters[0]?.name;
  if (node === undefined || self === undefined) return [];
  const found: SelfAssignment[] = [];
  for (const statement of ownStatements(node.body)) {
    if (statement.type !== 'assign') continue;
    for (const target of statement.targets) {
      if (target.type !== 'attribute' || target.object.type !== 'name') continue;
      if (target.object.id !== self) continue;
      const { annotation, value } = statement;
      found.push({ name: target.name, ...(annotation && { annotation }), ...(value && { value }) });
    }
  }
  return found;
});

function methodIds(db: Reader, classId: string): string[] {
  const members = memberBlocks(db, classId);
  if (members.length > 0)
    return members.filter((member) => member.kind === 'function').map((member) => member.id);
  const names = db.get(classScope, classId).names;
  return Object.values(names).flatMap((bindings) =>
    bindings.flatMap((binding) => (binding.kind === 'definition' ? binding.id : [])),
  );
}

type Growing = Extract<Traced, { kind: 'bindings' }>;

/** Bound more than once, and not only by definitions: one may be made of another. */
function isGrowing(traced: Traced): traced is Growing {
  return (
    traced.kind === 'bindings' &&
    traced.bindings.length > 1 &&
    !traced.bindings.some((binding) => binding.kind === 'definition')
  );
}

function levelAndId(key: string): { level: number; id: string } {
  const colon = key.indexOf(':');
  return { level: Number(key.slice(0, colon)), id: key.slice(colon + 1) };
}

/** An evaluator lives as long as one query: it remembers what it found out about names. */
export function createEvaluator(db: Reader, level: number = LEVELS): Evaluator {
  /** By scope, then by name. */
  const remembered = new Map<string, Map<string, Value | undefined>>();
  const underWay = new Set<string>();
  /** What a name is taken to be while those of its bindings are read that read the name itself. */
  const assumed = new Map<string, Value>();
  /** How often a name was met while it was under way. */
  let recurrences = 0;
  let steps = 0;
  const tracer = createTracer(db);
  const self: Parts = {
    meaningOf,
    bindingsValue,
    tracedValue,
    bounded,
    inferredResult: (id) => (level > 0 ? db.get(inferredResult, `${level - 1}:${id}`) : null),
    selfAttribute: (id, name) =>
      level > 0 ? db.get(selfAttribute, `${level - 1}:${id}\n${name}`) : null,
    annotated: (annotation, scope) => annotations.annotated(annotation, scope),
    resultOf: (callee, call, scope, receiver) => calls.resultOf(callee, call, scope, receiver),
    functionResult: (id) => calls.functionResult(id),
    injectedBy: (dependency) => calls.injectedBy(dependency),
    attributeOf: (value, name) => members.attributeOf(value, name),
    classMember: (id, name) => members.classMember(id, name),
    lineage: (ref) => members.lineage(ref),
    classKeyword: (ref, keyword) => members.classKeyword(ref, keyword),
    hasDecorator: (id, name) => members.hasDecorator(id, name),
    isProperty: (id) => members.isProperty(id),
    superValue: (scope) => members.superValue(scope),
  };
  const annotations = createAnnotations(db, tracer, self);
  const calls = createCalls(db, self);
  const members = createMembers(db, tracer, self);

  /** Guards against chains without end; what is too long is unknown. */
  function bounded<T>(work: () => T | undefined): T | undefined {
    if (steps >= MAX_STEPS) return undefined;
    steps++;
    try {
      return work();
    } finally {
      steps--;
    }
  }

  /** What was asked from outside, by its node: several rules ask about the same call. */
  const asked = new Map<
    Expression,
    { readonly scope: string; readonly value: Value | undefined }
  >();

  function meaningOf(expression: Expression, scope: string): Value | undefined {
    if (steps > 0) return bounded(() => evaluate(expression, scope));
    const known = asked.get(expression);
    if (known?.scope === scope) return known.value;
    const value = bounded(() => evaluate(expression, scope));
    asked.set(expression, { scope, value });
    return value;
  }

  function evaluate(expression: Expression, scope: string): Value | undefined {
    switch (expression.type) {
      case 'name':
        return nameValue(expression.id, scope);
      case 'attribute': {
        const object = meaningOf(expression.object, scope);
        return object && self.attributeOf(object, expression.name);
      }
      case 'call': {
        if (expression.callee.type === 'name' && expression.callee.id === 'super')
          return self.superValue(scope);
        const { callee } = expression;
        if (callee.type !== 'attribute') {
          const called = meaningOf(callee, scope);
          return called && self.resultOf(called, expression, scope);
        }
        const receiver = meaningOf(callee.object, scope);
        const method = receiver && self.attributeOf(receiver, callee.name);
        return method && self.resultOf(method, expression, scope, receiver);
      }
      case 'await': {
        const value = meaningOf(expression.value, scope);
        return value?.kind === 'coroutine' ? (value.result ?? undefined) : value;
      }
      case 'conditional':
        return agree([meaningOf(expression.body, scope), meaningOf(expression.orelse, scope)]);
      case 'boolean':
        return expression.operator === 'or'
          ? agree([meaningOf(expression.left, scope), meaningOf(expression.right, scope)])
          : meaningOf(expression.right, scope);
      case 'walrus':
        return meaningOf(expression.value, scope);
      case 'subscript': {
        const object = meaningOf(expression.object, scope);
        if (object?.kind === 'class') return object;
        const isSlice = expression.indices[0]?.type === 'slice';
        if (object?.kind !== 'instance') return undefined;
        if (object.values !== undefined) return object.values;
        if (isSlice || object.items !== undefined) return isSlice ? object : object.items;
        const known = object.class.kind === 'external' ? itemOf(object.class.name) : undefined;
        return known === undefined ? undefined : externalInstance(known);
      }
      case 'binary': {
        const left = meaningOf(expression.left, scope);
        if (left?.kind !== 'instance' || left.class.kind !== 'external') return undefined;
        return CLOSED_OPERATORS[left.class.name] === expression.operator ? left : undefined;
      }
      case 'string':
      case 'fstring':
        return externalInstance('builtins.str');
      case 'true':
      case 'false':
        return externalInstance('builtins.bool');
      case 'number':
        return externalInstance(
          /[.eEjJ]/.test(expression.text) ? 'builtins.float' : 'builtins.int',
        );
      case 'none':
        return { kind: 'none' };
      case 'list':
      case 'tuple':
      case 'set':
        return container(
          expression.type,
          expression.elements.map((element) => meaningOf(element, scope)),
        );
      case 'dict':
        return externalInstance('builtins.dict');
      case 'comprehension':
        if (expression.form === 'dict') return externalInstance('builtins.dict');
        return container(expression.form, [meaningOf(expression.element, scope)]);
      default:
        return undefined;
    }
  }

  function container(form: string, elements: readonly (Value | undefined)[]): Value {
    const items = elements.length > 0 ? agree(elements) : undefined;
    return {
      kind: 'instance',
      class: { kind: 'external', name: `builtins.${form}` },
      ...(items && { items }),
    };
  }

  function nameValue(name: string, scope: string): Value | undefined {
    let ofScope = remembered.get(scope);
    if (ofScope === undefined) {
      ofScope = new Map();
      remembered.set(scope, ofScope);
    }
    const known = ofScope.get(name);
    if (known !== undefined || ofScope.has(name)) return known;
    const key = `${scope}\n${name}`;
    if (underWay.has(key)) {
      recurrences++;
      return assumed.get(key);
    }
    underWay.add(key);
    try {
      const traced = tracer.trace(name, scope);
      const value = traced && (isGrowing(traced) ? growingValue(traced, key) : tracedValue(traced));
      ofScope.set(name, value);
      return value;
    } finally {
      underWay.delete(key);
      assumed.delete(key);
    }
  }

  /** `query = db.query(User)`, then `query = query.filter(...)`: what the others agree on, when it also holds for those. */
  function growingValue({ bindings, scope }: Growing, key: string): Value | undefined {
    const first: (Value | undefined)[] = [];
    const again: Binding[] = [];
    for (const binding of bindings) {
      const before = recurrences;
      const value = bounded(() => bindingValue(binding, scope));
      if (recurrences === before) first.push(value);
      else again.push(binding);
    }
    const agreed = agree(first);
    if (agreed === undefined || agreed.kind === 'none' || again.length === 0) return agreed;
    assumed.set(key, agreed);
    return agree([agreed, ...again.map((binding) => bindingValue(binding, scope))]);
  }

  function tracedValue(traced: Traced): Value | undefined {
    return traced.kind === 'value'
      ? traced.value
      : bounded(() => bindingsValue(traced.bindings, traced.scope));
  }

  function bindingsValue(bindings: readonly Binding[], scope: string): Value | undefined {
    const definitions = bindings.filter((binding) => binding.kind === 'definition');
    // A later `def` replaces an earlier one; overloads and property setters share a name too.
    const last = definitions[definitions.length - 1];
    if (last !== undefined && definitions.length === bindings.length) {
      if (definitions.length === 1) return bindingValue(last, scope);
      const few = definitions.slice(0, 20);
      const property = few.find((one) => one.kind === 'definition' && self.isProperty(one.id));
      return bindingValue(property ?? last, scope);
    }
    return agree(bindings.map((binding) => bindingValue(binding, scope)));
  }

  function bindingValue(binding: Binding, scope: string): Value | undefined {
    switch (binding.kind) {
      case 'module':
      case 'from': {
        const traced = tracer.imported(binding, pathOf(scope));
        return traced && tracedValue(traced);
      }
      case 'definition':
        return binding.form === 'function'
          ? { kind: 'function', id: binding.id, bound: false }
          : { kind: 'class', class: { kind: 'project', id: binding.id } };
      case 'parameter':
        return parameterValue(binding.parameter, binding.index, scope);
      case 'value': {
        const { annotation, value, unpack } = binding;
        const whole =
          (annotation && self.annotated(annotation, binding.scope)) ??
          (value && meaningOf(value, binding.scope));
        if (unpack === undefined) return whole;
        const element = unpack.reduce<Expression | undefined>(elementAt, value);
        if (element !== undefined) return meaningOf(element, binding.scope);
        return unpack.length === 1 ? itemsOf(whole) : undefined;
      }
      case 'item':
        return itemValue(binding.iterable, binding.scope, binding.unpack ?? []);
      case 'entered': {
        const context = meaningOf(binding.context, binding.scope);
        return context && enteredValue(context, binding.isAsync);
      }
      case 'exception': {
        const exception = binding.exception && meaningOf(binding.exception, binding.scope);
        return exception && instanceOf(exception);
      }
      case 'other':
        return undefined;
    }
  }

  function elementAt(whole: Expression | undefined, index: number): Expression | undefined {
    return whole?.type === 'tuple' || whole?.type === 'list' ? whole.elements[index] : undefined;
  }

  function itemValue(
    iterable: Expression,
    scope: string,
    unpack: readonly number[],
  ): Value | undefined {
    if (unpack.length === 0) return itemsOf(meaningOf(iterable, scope));
    // `for key, value in mapping.items()`.
    if (iterable.type === 'call' && iterable.callee.type === 'attribute') {
      const isPair = iterable.callee.name === 'items' && unpack.length === 1 && unpack[0] === 1;
      const mapping = isPair ? meaningOf(iterable.callee.object, scope) : undefined;
      return mapping?.kind === 'instance' ? mapping.values : undefined;
    }
    // `for index, item in enumerate(items)`, `for a, b in zip(xs, ys)`.
    if (iterable.type !== 'call' || iterable.callee.type !== 'name' || unpack.length !== 1)
      return undefined;
    const [position] = unpack;
    if (iterable.callee.id === 'enumerate' && position === 1) {
      const [items] = iterable.args;
      return items && itemsOf(meaningOf(items.value, scope));
    }
    if (iterable.callee.id === 'zip' && position !== undefined) {
      const items = iterable.args[position];
      return items && itemsOf(meaningOf(items.value, scope));
    }
    return undefined;
  }

  function enteredValue(context: Value, isAsync: boolean): Value | undefined {
    if (context.kind === 'coroutine')
      return context.result ? enteredValue(context.result, isAsync) : undefined;
    if (context.kind !== 'instance') return undefined;
    for (const ref of self.lineage(context.class)) {
      if (ref.kind === 'external')
        return /ContextManager$/.test(ref.name) ? context.items : context;
      const method = self.classMember(ref.id, isAsync ? '__aenter__' : '__enter__');
      if (method?.kind !== 'function') continue;
      const result = self.functionResult(method.id);
      const given = result?.kind === 'coroutine' ? (result.result ?? undefined) : result;
      return given ?? context;
    }
    return undefined;
  }

  function parameterValue(
    parameter: Parameter,
    index: number,
    functionId: string,
  ): Value | undefined {
    if (parameter.kind === '*' || parameter.kind === '**') return undefined;
    const scope = outerScopeOf(functionId);
    const declared = parameter.annotation && self.annotated(parameter.annotation, scope);
    if (declared !== undefined && declared.kind !== 'none') return declared;
    const injector = parameter.default && injectorCall(parameter.default, scope);
    if (injector) {
      const [dependency] = injector.args;
      const value = dependency && meaningOf(dependency.value, scope);
      return value && self.injectedBy(value);
    }
    const owner = enclosingOf(functionId);
    if (index !== 0 || parameter.annotation || owner === null) return undefined;
    if (db.get(classSignature, owner) === null) return undefined;
    if (self.hasDecorator(functionId, 'builtins.staticmethod')) return undefined;
    const ref: ClassRef = { kind: 'project', id: owner };
    return self.hasDecorator(functionId, 'builtins.classmethod')
      ? { kind: 'class', class: ref }
      : { kind: 'instance', class: ref };
  }

  function injectorCall(expression: Expression, scope: string): Call | undefined {
    if (expression.type !== 'call') return undefined;
    const callee = meaningOf(expression.callee, scope);
    return callee?.kind === 'external' && INJECTORS.has(callee.name) ? expression : undefined;
  }

  return {
    ...self,
    parameterValue,
    trace: tracer.trace,
    traceExport: tracer.exported,
  };
}
