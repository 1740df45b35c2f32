/** What a route depends on: its own parameters' dependencies, those of decorators, routers, includes and apps, and theirs. */
import { classScope } from '../../python/bindings.ts';
import { blockOf } from '../../python/definitions.ts';
import { type Machine, Raised } from '../../python/execution/machine.ts';
import type { Class, Func, Obj } from '../../python/execution/objects.ts';
import { type SaidParameter, saidParameters } from '../../python/execution/signature-objects.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { parseExpression } from '../../syntax/read-block.ts';
import { parserInput } from '../../syntax/source.ts';
import type { DependencyState, MarkerState } from './library.ts';

/** One dependency of a route, with its own below it. */
export interface Dependency {
  /** The definition id of the function or class that is called; `null` when it is not known, or not of the workspace. */
  readonly target: string | null;
  /** Its public name, when it is of another package. */
  readonly external: string | null;
  /** The parameter that receives it; `null` for one that is only called. */
  readonly parameter: string | null;
  /** What `Security(...)` asks for itself; empty for `Depends`. */
  readonly securityScopes: readonly string[];
  readonly useCache: boolean;
  /** `function` or `request`, where it is said. */
  readonly scope: string | null;
  readonly dependencies: readonly Dependency[];
}

/** A parameter that is filled from the request, of the handler or of a dependency. */
export interface RequestParameter {
  readonly name: string;
  /** The name in the request: the alias, else the parameter's own. */
  readonly alias: string;
  /** The marker (`Path`, `Query`, `Body`, …) when there is one. */
  readonly marker: string | null;
  /** The definition that declares it. */
  readonly owner: string;
}

export interface Needs {
  readonly dependencies: readonly Dependency[];
  readonly parameters: readonly RequestParameter[];
  /** Something could not be followed: there may be more parameters than are listed. */
  readonly isPartial: boolean;
}

interface Collector {
  readonly parameters: RequestParameter[];
  isPartial: boolean;
}

const MAX_LEVELS = 12;

/** What a handler and the dependencies that apply to its route need. */
export function needsOf(machine: Machine, endpoint: Obj, applied: readonly Obj[]): Needs {
  const collector: Collector = { parameters: [], isPartial: false };
  try {
    const dependencies = [
      ...applied.map((object) => appliedDependency(machine, object, collector)),
      ...ofCallable(machine, endpoint, collector, 0),
    ];
    return { dependencies, parameters: collector.parameters, isPartial: collector.isPartial };
  } catch (error) {
    // An annotation or a default whose evaluation fails, as far as is known here.
    if (!(error instanceof Raised)) throw error;
    return { dependencies: [], parameters: collector.parameters, isPartial: true };
  }
}

function appliedDependency(machine: Machine, object: Obj, collector: Collector): Dependency {
  const state = stateOf(object);
  if (state !== undefined) {
    const dependency = fromState(machine, state, null, undefined, collector, 0);
    // Of one that is only called, FastAPI does not read `use_cache`.
    return { ...dependency, useCache: true };
  }
  collector.isPartial = true;
  return {
    target: null,
    external: null,
    parameter: null,
    securityScopes: [],
    useCache: true,
    scope: null,
    dependencies: [],
  };
}

function stateOf(object: Obj | undefined): DependencyState | undefined {
  if (object?.kind !== 'instance' || object.class.kind !== 'external') return undefined;
  return object.class.name === 'fastapi.Depends' ? (object.state as DependencyState) : undefined;
}

function markerOf(object: Obj | undefined): MarkerState | undefined {
  if (object?.kind !== 'instance') return undefined;
  const state = object.state as { marker?: unknown } | undefined;
  return typeof state?.marker === 'string' ? (object.state as MarkerState) : undefined;
}

function fromState(
  machine: Machine,
  state: DependencyState,
  parameter: string | null,
  type: Obj | undefined,
  collector: Collector,
  level: number,
): Dependency {
  // `Depends()` calls what the annotation names.
  const callee = state.dependency ?? type;
  const { securityScopes, useCache } = state;
  const shared = { parameter, securityScopes, useCache, scope: state.scope ?? null };
  const { target, external } = identity(machine, callee);
  if (callee === undefined || (target === null && external === null)) collector.isPartial = true;
  const dependencies = callee ? ofCallable(machine, callee, collector, level + 1) : [];
  return { target, external, ...shared, dependencies };
}

function identity(
  machine: Machine,
  callee: Obj | undefined,
): { target: string | null; external: string | null } {
  switch (callee?.kind) {
    case 'function':
      return { target: innermost(callee).id, external: null };
    case 'lambda':
      return { target: null, external: '<lambda>' };
    case 'class':
      return { target: callee.id ?? null, external: null };
    case 'bound':
      return {
        target: callee.target.kind === 'function' ? innermost(callee.target).id : null,
        external: null,
      };
    case 'partial':
      return identity(machine, callee.target);
    case 'external':
      return { target: null, external: callee.name };
    case 'instance': {
      if (callee.class.kind === 'external') return { target: null, external: callee.class.name };
      const method = machine.classMember(callee.class, '__call__')?.value;
      if (method?.kind === 'function') return { target: method.id, external: null };
      const [base] = machine.externalBases(callee.class);
      return { target: null, external: base ?? null };
    }
    default:
      return { target: null, external: null };
  }
}

/** The dependencies of a callable's own parameters. */
function ofCallable(
  machine: Machine,
  callee: Obj,
  collector: Collector,
  level: number,
): Dependency[] {
  if (level > MAX_LEVELS) return [];
  switch (callee.kind) {
    case 'function':
      return ofFunction(machine, wrappedBy(callee), 0, collector, level);
    case 'bound':
      return callee.target.kind === 'function'
        ? ofFunction(machine, wrappedBy(callee.target), 1, collector, level)
        : [];
    case 'partial':
      return ofCallable(machine, callee.target, collector, level);
    case 'class':
      return ofClass(machine, callee, collector, level);
    case 'instance': {
      const method =
        callee.class.kind === 'class'
          ? machine.classMember(callee.class, '__call__')?.value
          : undefined;
      if (method?.kind === 'function') return ofFunction(machine, method, 1, collector, level);
      return [];
    }
    case 'lambda':
      for (const { name } of callee.node.parameters)
        collector.parameters.push({ name, alias: name, marker: null, owner: callee.block });
      return [];
    case 'external':
      return [];
    default:
      collector.isPartial = true;
      return [];
  }
}

/** The function below every wrapper. */
function innermost(func: Func): Func {
  const wrapped = func.attrs.get('__wrapped__');
  return wrapped?.kind === 'function' ? innermost(wrapped) : func;
}

/** FastAPI reads the signature of what a `functools.wraps` wrapper wraps, unless the wrapper says its own. */
function wrappedBy(func: Func): Func {
  const wrapped = func.attrs.has('__signature__') ? undefined : func.attrs.get('__wrapped__');
  return wrapped?.kind === 'function' ? wrappedBy(wrapped) : func;
}

function ofClass(machine: Machine, cls: Class, collector: Collector, level: number): Dependency[] {
  const said = saidParameters(cls);
  if (said) return ofSaid(machine, said, cls.id ?? '', collector, level);
  const init = machine.classMember(cls, '__init__')?.value;
  if (init?.kind === 'function') return ofFunction(machine, init, 1, collector, level);
  const bases = machine.externalBases(cls);
  if (cls.isDataclass || bases.some((base) => /BaseModel$/.test(base))) {
    if (bases.length > 0 || cls.bases.length > 0)
      collector.isPartial ||= cls.bases.some(({ kind }) => kind === 'unknown');
    const fields = [...new Set(fieldsOf(machine, cls))].map((name) =>
      fieldParameter(machine, cls, name),
    );
    return ofSaid(machine, fields, cls.id ?? '', collector, level);
  }
  if (bases.length > 0) collector.isPartial = true;
  return [];
}

/** A field as a parameter: its annotation, and its default. */
function fieldParameter(machine: Machine, cls: Class, name: string): SaidParameter {
  const holder = machine
    .mro(cls)
    .find((one): one is Class => one.kind === 'class' && one.annotations.has(name));
  const annotation = holder?.annotations.get(name);
  return {
    name,
    annotation:
      annotation &&
      machine.evaluate(unquoted(machine, annotation.node), annotation.env, annotation.block),
    default: machine.classMember(cls, name)?.value,
  };
}

/** Annotated names of a class and of the project's classes above it. */
function fieldsOf(machine: Machine, cls: Class): string[] {
  const names = cls.id ? Object.keys(machine.db.get(classScope, cls.id).names) : [];
  const above = cls.bases.flatMap((base) =>
    base.kind === 'class' && base !== cls ? fieldsOf(machine, base) : [],
  );
  return [...above, ...cls.fields, ...names];
}

function ofFunction(
  machine: Machine,
  func: Func,
  skipped: number,
  collector: Collector,
  level: number,
): Dependency[] {
  const said = saidParameters(func);
  if (said) return ofSaid(machine, said.slice(skipped), func.id, collector, level);
  const signature = machine.db.get(functionSignature, func.id);
  if (signature === null) return [];
  const block = blockOf(func.id);
  return signature.parameters.slice(skipped).flatMap((parameter) => {
    if (parameter.kind === '*' || parameter.kind === '**') return [];
    const { annotation, name } = parameter;
    const value = annotation && machine.evaluate(unquoted(machine, annotation), func.env, block);
    const one = { name, annotation: value, default: func.defaults.get(name) };
    return ofParameter(machine, one, func.id, collector, level);
  });
}

function ofSaid(
  machine: Machine,
  parameters: readonly SaidParameter[],
  owner: string,
  collector: Collector,
  level: number,
): Dependency[] {
  return parameters.flatMap((one) => ofParameter(machine, one, owner, collector, level));
}

/** One parameter: a dependency, or something of the request. */
function ofParameter(
  machine: Machine,
  { name, annotation, default: given }: SaidParameter,
  owner: string,
  collector: Collector,
  level: number,
): Dependency[] {
  const { type, metadata } = partsOf(annotation);
  // Of several in one annotation the last one counts.
  const state = stateOf(given) ?? metadata.map(stateOf).findLast((one) => one !== undefined);
  if (state !== undefined) return [fromState(machine, state, name, type, collector, level)];
  const marker = markerOf(given) ?? metadata.map(markerOf).find((one) => one !== undefined);
  collector.parameters.push({
    name,
    alias: marker?.alias ?? name,
    marker: marker?.marker ?? null,
    owner,
  });
  return [];
}

/** The type and the metadata of an annotation, through aliases. */
function partsOf(value: Obj | undefined): { type: Obj | undefined; metadata: readonly Obj[] } {
  if (value?.kind !== 'annotated') return { type: value, metadata: [] };
  const inner = partsOf(value.type);
  return { type: inner.type, metadata: [...inner.metadata, ...value.metadata] };
}

function unquoted(machine: Machine, annotation: Expression): Expression {
  if (annotation.type !== 'string') return annotation;
  const parser = machine.db.get(parserInput, '');
  return (parser && parseExpression(parser, annotation.value)) ?? annotation;
}
