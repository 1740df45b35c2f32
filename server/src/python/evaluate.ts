/**
 * What expressions mean: names through imports, aliases and re-exports, attributes through classes and instances,
 * calls through annotations and, where there are none, through what the function returns. Whatever is ambiguous is
 * unknown (`undefined`). Nothing here knows FastAPI.
 */
import { publicName } from '../knowledge/names.ts';
import {
  CHAINED,
  CLASS_MAKERS,
  CONTAINERS,
  CONTEXT_MANAGERS,
  EXTERNAL_BASES,
  INJECTORS,
  RESULTS,
  SESSION_FACTORIES,
} from '../knowledge/results.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Call, Expression, Parameter } from '../syntax/nodes.ts';
import { parseExpression } from '../syntax/read-block.ts';
import { parserInput } from '../syntax/source.ts';
import { ownStatements } from '../syntax/walk.ts';
import { type Binding, classScope, functionScope, memberBlocks, moduleScope } from './bindings.ts';
import {
  blockOf,
  definitionOf,
  enclosingOf,
  functionOf,
  moduleScopeId,
  pathOf,
} from './definitions.ts';
import { type ModuleTarget, resolveModule, resolveRelative, submodule } from './modules.ts';
import { classSignature, functionSignature, returnsIn, yieldsIn } from './signatures.ts';
import { agree, type ClassRef, externalInstance, type Value } from './values.ts';

/** How many unannotated functions deep a result is followed. */
const LEVELS = 3;
/** How long a chain of names, attributes and calls may get. */
const MAX_STEPS = 40;

export interface Evaluator {
  /** What an expression is, read in a scope: the id of a function, a class or a block. */
  meaningOf(expression: Expression, scope: string): Value | undefined;
  /** What something with this annotation is. */
  annotated(annotation: Expression, scope: string): Value | undefined;
  /** What calling a value gives; `call` is the call itself, for arguments that matter. */
  resultOf(callee: Value, call: Call | undefined, scope: string): Value | undefined;
  /** The classes of a class and its bases, nearest first; stops at what can't be resolved. */
  lineage(ref: ClassRef): readonly ClassRef[];
  /** The value of a keyword in a class's own header: `class User(SQLModel, table=True)`. */
  classKeyword(ref: ClassRef, keyword: string): Expression | undefined;
  /** What an attribute of a value is. */
  attributeOf(value: Value, name: string): Value | undefined;
  /** What a parameter receives. */
  parameterValue(parameter: Parameter, index: number, functionId: string): Value | undefined;
  /** What a dependency (the argument of an injector) hands to the parameter. */
  injectedBy(dependency: Value): Value | undefined;
  /** Where a name leads: its bindings, in the file that has them, or something of another package. */
  trace(name: string, scope: string): Traced | undefined;
  /** Where a name of a module leads. */
  traceExport(path: string, name: string): Traced | undefined;
}

export type Traced =
  | { readonly kind: 'bindings'; readonly bindings: readonly Binding[]; readonly scope: string }
  | { readonly kind: 'value'; readonly value: Value };

const moduleNames = defineQuery<readonly Binding[]>('name', (db, key) => {
  const [path = '', name = ''] = key.split('\n');
  return db.get(moduleScope, path).names[name] ?? [];
});

const starImports = defineQuery<readonly { readonly module: string; readonly level: number }[]>(
  'stars',
  (db, path) => db.get(moduleScope, path).stars,
);

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

function levelAndId(key: string): { level: number; id: string } {
  const colon = key.indexOf(':');
  return { level: Number(key.slice(0, colon)), id: key.slice(colon + 1) };
}

/** An evaluator lives as long as one query: it remembers what it found out about names. */
export function createEvaluator(db: Reader, level: number = LEVELS): Evaluator {
  const remembered = new Map<string, Value | undefined>();
  const underWay = new Set<string>();
  let steps = 0;

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

  function meaningOf(expression: Expression, scope: string): Value | undefined {
    return bounded(() => evaluate(expression, scope));
  }

  function evaluate(expression: Expression, scope: string): Value | undefined {
    switch (expression.type) {
      case 'name':
        return nameValue(expression.id, scope);
      case 'attribute': {
        const object = meaningOf(expression.object, scope);
        return object && attributeOf(object, expression.name);
      }
      case 'call': {
        if (expression.callee.type === 'name' && expression.callee.id === 'super')
          return superValue(scope);
        const callee = meaningOf(expression.callee, scope);
        return callee && resultOf(callee, expression, scope);
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
        if (object?.kind === 'instance') return isSlice ? object : object.items;
        return undefined;
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
    const key = `${scope}\n${name}`;
    if (remembered.has(key)) return remembered.get(key);
    if (underWay.has(key)) return undefined;
    underWay.add(key);
    try {
      const traced = trace(name, scope);
      const value = traced && tracedValue(traced);
      remembered.set(key, value);
      return value;
    } finally {
      underWay.delete(key);
    }
  }

  function tracedValue(traced: Traced): Value | undefined {
    return traced.kind === 'value'
      ? traced.value
      : bounded(() => bindingsValue(traced.bindings, traced.scope));
  }

  function trace(name: string, scope: string): Traced | undefined {
    let isInner = true;
    for (let id: string | null = scope; id !== null; id = enclosingOf(id)) {
      const definition = definitionOf(db, id);
      const isFunction = definition?.node.type === 'function';
      // A class's names are seen by the statements of its body, not by its methods.
      if (isFunction || (definition !== undefined && isInner)) {
        const names = db.get(isFunction ? functionScope : classScope, id);
        const bindings = names.names[name];
        if (bindings !== undefined && !names.outer.includes(name))
          return follow(bindings, id, pathOf(id));
      } else if (definition === undefined && isInner) {
        const owner = enclosingOf(blockOf(id));
        if (owner !== null) {
          const bindings = db.get(classScope, owner).names[name];
          if (bindings !== undefined) return follow(bindings, owner, pathOf(id));
        }
      }
      isInner = false;
    }
    const path = pathOf(scope);
    return (
      exported(path, name) ?? {
        kind: 'value',
        value: { kind: 'external', name: `builtins.${name}` },
      }
    );
  }

  /** Goes through an import, if that is what the bindings are, to what is imported. */
  function follow(bindings: readonly Binding[], scope: string, path: string): Traced | undefined {
    const [first] = bindings;
    if (bindings.length !== 1 || first === undefined) return { kind: 'bindings', bindings, scope };
    if (first.kind !== 'module' && first.kind !== 'from')
      return { kind: 'bindings', bindings, scope };
    return imported(first, path);
  }

  function imported(binding: Binding, path: string): Traced | undefined {
    if (binding.kind === 'module') {
      const target = resolveModule(db, path, binding.module);
      const value = target
        ? moduleValue(target)
        : ({ kind: 'external', name: publicName(binding.module) } as const);
      return { kind: 'value', value };
    }
    if (binding.kind !== 'from') return undefined;
    const { module, level: dots, name } = binding;
    const base =
      dots > 0 ? resolveRelative(db, path, dots, module) : resolveModule(db, path, module);
    if (base !== null) return member(base, name);
    if (dots > 0) return undefined;
    return { kind: 'value', value: { kind: 'external', name: publicName(`${module}.${name}`) } };
  }

  function moduleValue(target: ModuleTarget): Value {
    return target.kind === 'file'
      ? { kind: 'module', path: target.path }
      : { kind: 'namespace', folder: target.folder };
  }

  /** A name in a module of the workspace: its own, or a module below a package. */
  function member(base: ModuleTarget, name: string): Traced | undefined {
    if (base.kind === 'file') {
      const own = exported(base.path, name);
      if (own !== undefined) return own;
    }
    const below = submodule(db, base, name);
    return below ? { kind: 'value', value: moduleValue(below) } : undefined;
  }

  function exported(path: string, name: string): Traced | undefined {
    const key = `${path}\n${name}`;
    const guard = `export ${key}`;
    if (underWay.has(guard)) return undefined;
    underWay.add(guard);
    try {
      const bindings = db.get(moduleNames, key);
      if (bindings.length > 0) return follow(bindings, moduleScopeId(path), path);
      for (const { module, level: dots } of db.get(starImports, path)) {
        const base =
          dots > 0 ? resolveRelative(db, path, dots, module) : resolveModule(db, path, module);
        const found = base?.kind === 'file' ? exported(base.path, name) : undefined;
        if (found !== undefined) return found;
      }
      return undefined;
    } finally {
      underWay.delete(guard);
    }
  }

  function bindingsValue(bindings: readonly Binding[], scope: string): Value | undefined {
    const definitions = bindings.filter((binding) => binding.kind === 'definition');
    // A later `def` replaces an earlier one; overloads and property setters share a name too.
    const last = definitions[definitions.length - 1];
    if (last !== undefined && definitions.length === bindings.length) {
      const property = definitions.find((one) => one.kind === 'definition' && isProperty(one.id));
      return bindingValue(property ?? last, scope);
    }
    return agree(bindings.map((binding) => bindingValue(binding, scope)));
  }

  function bindingValue(binding: Binding, scope: string): Value | undefined {
    switch (binding.kind) {
      case 'module':
      case 'from': {
        const traced = imported(binding, pathOf(scope));
        return traced && tracedValue(traced);
      }
      case 'definition':
        return db.get(functionSignature, binding.id) !== null
          ? { kind: 'function', id: binding.id, bound: false }
          : { kind: 'class', class: { kind: 'project', id: binding.id } };
      case 'parameter':
        return parameterValue(binding.parameter, binding.index, scope);
      case 'value': {
        const { annotation, value, unpack } = binding;
        const whole =
          (annotation && annotated(annotation, binding.scope)) ??
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

  function itemsOf(value: Value | undefined): Value | undefined {
    return value?.kind === 'instance' ? value.items : undefined;
  }

  function itemValue(
    iterable: Expression,
    scope: string,
    unpack: readonly number[],
  ): Value | undefined {
    if (unpack.length === 0) return itemsOf(meaningOf(iterable, scope));
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
    for (const ref of lineage(context.class)) {
      if (ref.kind === 'external')
        return /ContextManager$/.test(ref.name) ? context.items : context;
      const method = classMember(ref.id, isAsync ? '__aenter__' : '__enter__');
      if (method?.kind !== 'function') continue;
      const result = functionResult(method.id);
      const given = result?.kind === 'coroutine' ? (result.result ?? undefined) : result;
      return given ?? context;
    }
    return undefined;
  }

  function instanceOf(value: Value): Value | undefined {
    if (value.kind === 'class') return { kind: 'instance', class: value.class };
    if (value.kind === 'external') return externalInstance(value.name);
    return undefined;
  }

  function attributeOf(value: Value, name: string): Value | undefined {
    return bounded(() => attribute(value, name));
  }

  function attribute(value: Value, name: string): Value | undefined {
    switch (value.kind) {
      case 'external':
        return { kind: 'external', name: publicName(`${value.name}.${name}`) };
      case 'module': {
        const traced = member({ kind: 'file', path: value.path }, name);
        return traced && tracedValue(traced);
      }
      case 'namespace': {
        const traced = member({ kind: 'namespace', folder: value.folder }, name);
        return traced && tracedValue(traced);
      }
      case 'class':
        return attributeInLineage(value.class, name, false);
      case 'instance':
        if (value.made && name === 'begin') return value;
        return attributeInLineage(value.class, name, true);
      default:
        return undefined;
    }
  }

  function attributeInLineage(ref: ClassRef, name: string, onInstance: boolean): Value | undefined {
    for (const one of lineage(ref)) {
      if (one.kind === 'external')
        return { kind: 'external', name: publicName(`${one.name}.${name}`) };
      const own = classMember(one.id, name);
      if (own?.kind === 'function') {
        if (onInstance && isProperty(own.id)) return functionResult(own.id);
        return { ...own, bound: onInstance && !hasDecorator(own.id, 'builtins.staticmethod') };
      }
      if (own !== undefined && own.kind !== 'none') return own;
      const key = `${level - 1}:${one.id}\n${name}`;
      const assigned = onInstance && level > 0 ? db.get(selfAttribute, key) : null;
      if (assigned !== null) return assigned;
    }
    return undefined;
  }

  /** What a class's own body binds a name to. */
  function classMember(classId: string, name: string): Value | undefined {
    const bindings = db.get(classScope, classId).names[name];
    return bindings && bounded(() => bindingsValue(bindings, classId));
  }

  function lineage(ref: ClassRef): readonly ClassRef[] {
    const found: ClassRef[] = [];
    const seen = new Set<string>();
    const visit = (one: ClassRef) => {
      const key = one.kind === 'external' ? one.name : one.id;
      if (seen.has(key)) return;
      seen.add(key);
      found.push(one);
      if (one.kind === 'external') {
        for (const base of EXTERNAL_BASES[one.name] ?? []) visit({ kind: 'external', name: base });
        return;
      }
      for (const base of db.get(classSignature, one.id)?.bases ?? []) {
        if (base.name !== undefined) continue;
        const head = base.value.type === 'subscript' ? base.value.object : base.value;
        const scope = enclosingOf(one.id) ?? moduleScopeId(pathOf(one.id));
        const value = meaningOf(head, scope);
        if (value?.kind === 'class') visit(value.class);
        else if (value?.kind === 'external' && !IGNORED_BASES.has(value.name))
          visit({ kind: 'external', name: value.name });
      }
    };
    visit(ref);
    return found;
  }

  function classKeyword(ref: ClassRef, keyword: string): Expression | undefined {
    if (ref.kind === 'external') return undefined;
    return db.get(classSignature, ref.id)?.bases.find((base) => base.name === keyword)?.value;
  }

  function hasDecorator(functionId: string, name: string): boolean {
    const signature = db.get(functionSignature, functionId);
    const scope = enclosingOf(functionId) ?? moduleScopeId(pathOf(functionId));
    return (signature?.decorators ?? []).some((decorator) => {
      const head = decorator.type === 'call' ? decorator.callee : decorator;
      const value = meaningOf(head, scope);
      return value?.kind === 'external' && value.name === name;
    });
  }

  function isProperty(functionId: string): boolean {
    return (
      hasDecorator(functionId, 'builtins.property') ||
      hasDecorator(functionId, 'functools.cached_property')
    );
  }

  function superValue(scope: string): Value | undefined {
    for (let id: string | null = scope; id !== null; id = enclosingOf(id)) {
      if (db.get(classSignature, id) === null) continue;
      const [, base] = lineage({ kind: 'project', id });
      return base && { kind: 'instance', class: base };
    }
    return undefined;
  }

  function resultOf(callee: Value, call: Call | undefined, scope: string): Value | undefined {
    switch (callee.kind) {
      case 'external':
        return externalResult(callee.name, call, scope);
      case 'class':
        return { kind: 'instance', class: callee.class };
      case 'function':
        return bounded(() => functionResult(callee.id));
      case 'instance': {
        if (callee.made !== undefined) return callee.made;
        const method = attributeOf(callee, '__call__');
        return method?.kind === 'function' ? bounded(() => functionResult(method.id)) : undefined;
      }
      default:
        return undefined;
    }
  }

  function externalResult(name: string, call: Call | undefined, scope: string): Value | undefined {
    const factory = SESSION_FACTORIES[name];
    if (factory !== undefined) {
      const given = call?.args.find(
        (argument) => argument.name === factory.keyword && factory.keyword !== '',
      );
      const made = given ? meaningOf(given.value, scope) : undefined;
      const wrapped = call?.args[0] && meaningOf(call.args[0].value, scope);
      return {
        kind: 'instance',
        class: { kind: 'external', name },
        made:
          (made && instanceOf(made)) ??
          (wrapped?.kind === 'instance' ? wrapped.made : undefined) ??
          externalInstance(factory.made),
      };
    }
    if (CONTEXT_MANAGERS.has(name) || name === 'functools.partial') {
      const wrapped = call?.args[0] && meaningOf(call.args[0].value, scope);
      if (wrapped === undefined) return undefined;
      const result = resultOf(wrapped, undefined, scope);
      const isManager = name !== 'functools.partial';
      const made = isManager && result?.kind === 'instance' ? managerOf(result.items) : result;
      return { kind: 'instance', class: { kind: 'external', name }, ...(made && { made }) };
    }
    if (name === 'builtins.next')
      return call?.args[0] && itemsOf(meaningOf(call.args[0].value, scope));
    if (SAME_ITEMS.has(name)) {
      const items = call?.args[0] && itemsOf(meaningOf(call.args[0].value, scope));
      return { kind: 'instance', class: { kind: 'external', name }, ...(items && { items }) };
    }
    if (name === 'typing.cast') {
      const [type] = call?.args ?? [];
      return type && annotated(type.value, scope);
    }
    const madeClass = CLASS_MAKERS[name];
    if (madeClass !== undefined)
      return { kind: 'class', class: { kind: 'external', name: madeClass } };
    const known = RESULTS[name];
    if (known !== undefined) return externalInstance(known);
    const dot = name.lastIndexOf('.');
    const owner = name.slice(0, dot);
    const method = name.slice(dot + 1);
    if (CHAINED[owner]?.has(method)) return externalInstance(owner);
    return /^[A-Z]/.test(method) && !/^[A-Z0-9_]+$/.test(method)
      ? externalInstance(name)
      : undefined;
  }

  /** What a call of a project function gives: its annotation's word, else what it is seen to return. */
  function functionResult(id: string): Value | undefined {
    const signature = db.get(functionSignature, id);
    if (signature === null) return undefined;
    const isManager = [...CONTEXT_MANAGERS].some((name) => hasDecorator(id, name));
    const declared = signature.returns && annotated(signature.returns, id);
    if (signature.isGenerator) {
      const items = yieldedBy(id, declared);
      if (isManager) return managerOf(items);
      return {
        kind: 'instance',
        class: { kind: 'external', name: 'typing.Iterator' },
        ...(items && { items }),
      };
    }
    const inferred =
      declared === undefined && level > 0 && signature.returns === undefined
        ? db.get(inferredResult, `${level - 1}:${id}`)
        : null;
    const result = declared ?? inferred ?? undefined;
    return signature.isAsync ? { kind: 'coroutine', result: result ?? null } : result;
  }

  function yieldedBy(id: string, declared: Value | undefined): Value | undefined {
    if (declared?.kind === 'instance') {
      const isContainer =
        declared.class.kind === 'external' && CONTAINERS.has(lastPart(declared.class.name));
      // `-> AsyncSession` on a generator is wrong, but says what is meant.
      return isContainer ? declared.items : declared;
    }
    return level > 0 ? (db.get(inferredResult, `${level - 1}:${id}`) ?? undefined) : undefined;
  }

  function injectedBy(dependency: Value): Value | undefined {
    const result = resultOf(dependency, undefined, '');
    const given = result?.kind === 'coroutine' ? (result.result ?? undefined) : result;
    const target =
      dependency.kind === 'instance' ? attributeOf(dependency, '__call__') : dependency;
    const isGenerator =
      target?.kind === 'function' && db.get(functionSignature, target.id)?.isGenerator === true;
    return isGenerator ? itemsOf(given) : given;
  }

  function parameterValue(
    parameter: Parameter,
    index: number,
    functionId: string,
  ): Value | undefined {
    if (parameter.kind === '*' || parameter.kind === '**') return undefined;
    const scope = enclosingOf(functionId) ?? moduleScopeId(pathOf(functionId));
    const declared = parameter.annotation && annotated(parameter.annotation, scope);
    if (declared !== undefined && declared.kind !== 'none') return declared;
    const injector = parameter.default && injectorCall(parameter.default, scope);
    if (injector) {
      const [dependency] = injector.args;
      const value = dependency && meaningOf(dependency.value, scope);
      return value && injectedBy(value);
    }
    const owner = enclosingOf(functionId);
    if (index !== 0 || parameter.annotation || owner === null) return undefined;
    if (db.get(classSignature, owner) === null) return undefined;
    if (hasDecorator(functionId, 'builtins.staticmethod')) return undefined;
    const ref: ClassRef = { kind: 'project', id: owner };
    return hasDecorator(functionId, 'builtins.classmethod')
      ? { kind: 'class', class: ref }
      : { kind: 'instance', class: ref };
  }

  function injectorCall(expression: Expression, scope: string): Call | undefined {
    if (expression.type !== 'call') return undefined;
    const callee = meaningOf(expression.callee, scope);
    return callee?.kind === 'external' && INJECTORS.has(callee.name) ? expression : undefined;
  }

  function annotated(annotation: Expression, scope: string): Value | undefined {
    return bounded(() => annotationValue(annotation, scope));
  }

  function annotationValue(annotation: Expression, scope: string): Value | undefined {
    switch (annotation.type) {
      case 'none':
        return { kind: 'none' };
      case 'string': {
        const parser = db.get(parserInput, '');
        const parsed = parser && parseExpression(parser, annotation.value);
        return parsed && annotated(parsed, scope);
      }
      case 'name':
      case 'attribute': {
        const alias = aliasOf(annotation, scope);
        if (alias !== undefined) return annotated(alias.expression, alias.scope);
        const value = meaningOf(annotation, scope);
        if (value?.kind === 'external' && VAGUE.has(lastPart(value.name))) return undefined;
        return value && instanceOf(value);
      }
      case 'binary':
        if (annotation.operator !== '|') return undefined;
        return agree([annotated(annotation.left, scope), annotated(annotation.right, scope)]);
      case 'subscript':
        return genericValue(annotation.object, annotation.indices, scope);
      default:
        return undefined;
    }
  }

  function genericValue(
    object: Expression,
    indices: readonly Expression[],
    scope: string,
  ): Value | undefined {
    const head = meaningOf(object, scope);
    // `X[A, B]` may come as one tuple or as two indices.
    const [only] = indices;
    const parameters = only?.type === 'tuple' && indices.length === 1 ? only.elements : indices;
    const [first] = parameters;
    if (head?.kind === 'class') return { kind: 'instance', class: head.class };
    if (head?.kind !== 'external' || first === undefined) return undefined;
    const name = lastPart(head.name);
    if (TRANSPARENT.has(name)) return annotated(first, scope);
    if (name === 'Union') return agree(parameters.map((one) => annotated(one, scope)));
    if (name === 'Type' || name === 'type') {
      const value = annotated(first, scope);
      return value?.kind === 'instance' ? { kind: 'class', class: value.class } : undefined;
    }
    if (name === 'Coroutine' || name === 'Awaitable') {
      const last = parameters[parameters.length - 1];
      return { kind: 'coroutine', result: (last && annotated(last, scope)) ?? null };
    }
    if (VAGUE.has(name)) return undefined;
    if (!CONTAINERS.has(name)) return externalInstance(head.name);
    const several = /^[Tt]uple$/.test(name)
      ? parameters.filter((one) => one.type !== 'ellipsis')
      : [first];
    const items = agree(several.map((one) => annotated(one, scope)));
    return {
      kind: 'instance',
      class: { kind: 'external', name: head.name },
      ...(items && { items }),
    };
  }

  /** The expression that a name of a type alias stands for, and the scope to read it in. */
  function aliasOf(
    annotation: Expression,
    scope: string,
  ): { expression: Expression; scope: string } | undefined {
    let traced: Traced | undefined;
    if (annotation.type === 'name') traced = trace(annotation.id, scope);
    else if (annotation.type === 'attribute') {
      const object = meaningOf(annotation.object, scope);
      if (object?.kind === 'module') traced = exported(object.path, annotation.name);
    }
    if (traced?.kind !== 'bindings' || traced.bindings.length !== 1) return undefined;
    const [binding] = traced.bindings;
    if (binding?.kind !== 'value' || binding.value === undefined) return undefined;
    if (binding.value.type === 'call') return undefined;
    return { expression: binding.value, scope: binding.scope };
  }

  return {
    meaningOf,
    annotated,
    resultOf,
    lineage,
    classKeyword,
    attributeOf,
    parameterValue,
    injectedBy,
    trace,
    traceExport: exported,
  };
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

const TRANSPARENT: ReadonlySet<string> = new Set(
  'Annotated Optional ClassVar Final Required NotRequired ReadOnly Mapped'.split(' '),
);
/** Calls that give a container of what their argument holds. */
const SAME_ITEMS: ReadonlySet<string> = new Set(
  'list tuple set frozenset sorted reversed iter'.split(' ').map((name) => `builtins.${name}`),
);

/** A context manager that gives `items` when it is entered. */
function managerOf(items: Value | undefined): Value {
  return {
    kind: 'instance',
    class: { kind: 'external', name: 'contextlib.AbstractContextManager' },
    ...(items && { items }),
  };
}

const VAGUE: ReadonlySet<string> = new Set('Any object Callable TypeVar Self Literal'.split(' '));
const IGNORED_BASES: ReadonlySet<string> = new Set([
  'typing.Generic',
  'typing.Protocol',
  'abc.ABC',
  'builtins.object',
]);
