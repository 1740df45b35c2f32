/** Which functions of the project run because of what stands at a place. */
import { CONSUMERS, TAKERS } from '../../knowledge/takers.ts';
import { enclosingOf, nameOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import {
  type CallSite,
  type NameSite,
  type Place,
  type ReferenceSite,
  sitesOf,
  type Use,
} from '../../python/sites.ts';
import { type ClassRef, projectInstance, type Value } from '../../python/values.ts';
import type { Call, Expression, FunctionDef } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';
import { fits } from './fitting.ts';
import { implementationOf } from './implementations.ts';
import { argumentAt } from './offload.ts';
import { runsAsWritten } from './wrapping.ts';

/** A function of the project that runs. */
export interface Run {
  readonly target: string;
  /** What makes it run: the callee of a call, an argument, an attribute that is read, an object that is entered. */
  readonly at: Expression;
  /** It is handed to the event loop, which runs it once the function here gives way. */
  readonly isLater: boolean;
}

/**
 * What runs because of a call: what is called (of a class its `__init__`), what the result does when it is entered or
 * gone through, and functions handed to what calls them (`sorted(key=…)`, `map`, `call_soon`). A generator runs where it
 * is gone through, an `async def` where it is awaited or handed on.
 */
export function runsOfCall(subject: Subject, site: CallSite): readonly Run[] {
  const ofSubject = found.get(subject) ?? new Map<Call, readonly Run[]>();
  found.set(subject, ofSubject);
  const known = ofSubject.get(site.node);
  if (known !== undefined) return known;
  const runs = findRunsOfCall(subject, site);
  ofSubject.set(site.node, runs);
  return runs;
}

/** A subject lives as long as one query, in which several rules ask about the same call. */
const found = new WeakMap<Subject, Map<Call, readonly Run[]>>();

/** Of these, what is handed to the event loop, which runs it once the function here gives way. */
export function laterRunsOfCall(subject: Subject, site: CallSite): readonly Run[] {
  const value = subject.meaningOf(site.node.callee, site.scope);
  return handedOn(subject, site, value).filter(({ isLater }) => isLater);
}

function findRunsOfCall(subject: Subject, site: CallSite): readonly Run[] {
  const { callee } = site.node;
  const value = subject.meaningOf(callee, site.scope);
  const isCalled = value !== undefined && fits(subject, site.node, value);
  const called = isCalled ? calledFunctions(subject, value) : [];
  return [
    ...called
      .filter((id) => runsWhenCalled(subject, id, site) && !isOverridden(subject, id, site))
      .map((target) => now(target, callee)),
    ...runsByUse(subject, site, callee),
    ...handedOn(subject, site, value),
  ];
}

/** What runs because an object is read: properties of the chain, and what the object does when it is entered or gone through. */
export function runsOfRead(subject: Subject, site: ReferenceSite | NameSite): readonly Run[] {
  const { node, scope } = site;
  return [...propertiesIn(subject, node, scope, true), ...runsByUse(subject, site, node)];
}

function now(target: string, at: Expression): Run {
  return { target, at, isLater: false };
}

function runsWhenCalled(subject: Subject, id: string, site: CallSite): boolean {
  const { use, isAwaited } = site;
  const signature = subject.db.get(functionSignature, id);
  if (signature === null || !runsAsWritten(subject, id)) return false;
  if (signature.isGenerator) {
    const { hasDecorator } = subject.evaluator;
    const manager = signature.isAsync ? 'asynccontextmanager' : 'contextmanager';
    if (hasDecorator(id, `contextlib.${manager}`)) return use.kind === 'entered';
    // Whoever is handed an asynchronous one can go through it on the event loop only.
    return isGoneThrough(subject, site) || (signature.isAsync && use.kind === 'argument');
  }
  if (!signature.isAsync) return !isAwaited;
  return isAwaited || use.kind === 'collected' || use.kind === 'argument';
}

/** Whether something goes through what an expression gives, there and then. */
function isGoneThrough(
  subject: Subject,
  { use, node, scope }: { readonly use: Use; readonly node: Expression; readonly scope: string },
): boolean {
  if (use.kind === 'iterated') return true;
  if (use.kind === 'yielded') return use.isFrom;
  if (use.kind !== 'argument' || use.call === node || !mayConsume(use.call)) return false;
  const taker = subject.meaningOf(use.call.callee, scope);
  return taker?.kind === 'external' && CONSUMERS.has(taker.name);
}

/** By its spelling, before anything is looked up. */
function mayConsume({ callee }: Call): boolean {
  return callee.type === 'name' && CONSUMERS.has(`builtins.${callee.id}`);
}

/** The methods that `with` and `for` call on an object of the project. */
function runsByUse(
  subject: Subject,
  site: CallSite | ReferenceSite | NameSite,
  at: Expression,
): Run[] {
  const { node, scope, use } = site;
  const isEntered = use.kind === 'entered';
  if (!isEntered && !isGoneThrough(subject, site)) return [];
  const meant = subject.meaningOf(node, scope);
  const value = meant?.kind === 'coroutine' ? meant.result : meant;
  if (value?.kind !== 'instance' || value.class.kind !== 'project') return [];
  const statement = site.statements.at(-1);
  const isAsync =
    (statement?.type === 'with' || statement?.type === 'for') && statement.isAsync === true;
  const names = isEntered
    ? isAsync
      ? ['__aenter__', '__aexit__']
      : ['__enter__', '__exit__']
    : isAsync
      ? []
      : ['__iter__'];
  return names
    .flatMap((name) => methodOf(subject, value, name))
    .filter((id) => runsAsWritten(subject, id))
    .map((target) => now(target, at));
}

/** What is handed to a call that runs it on this thread. */
function handedOn(subject: Subject, site: CallSite, callee: Value | undefined): Run[] {
  const taker = callee?.kind === 'external' ? TAKERS[callee.name] : undefined;
  if (taker === undefined) return [];
  if (taker.when === 'iterated' && !isGoneThrough(subject, site)) return [];
  const at = argumentAt(site.node, taker);
  const value = at && subject.meaningOf(at, site.scope);
  if (at === undefined || value === undefined) return [];
  return calledFunctions(subject, value)
    .filter((id) => isPlain(subject, id) && runsAsWritten(subject, id))
    .map((target) => ({ target, at, isLater: taker.when === 'later' }));
}

/**
 * A method's default that calls an abstract one, `self.get(key)`: whoever implements that and overrides the default as well never
 * runs the call.
 */
function isOverridden({ db, evaluator }: Subject, target: string, site: CallSite): boolean {
  const { callee } = site.node;
  if (callee.type !== 'attribute' || callee.object.type !== 'name') return false;
  const owner = enclosingOf(site.scope);
  const implementer = enclosingOf(target);
  if (owner === null || implementer === null || owner === implementer) return false;
  if (site.function?.parameters[0]?.name !== callee.object.id) return false;
  const lineage = evaluator.lineage({ kind: 'project', id: implementer });
  if (!lineage.some((one) => one.kind === 'project' && one.id === owner)) return false;
  const own = evaluator.attributeOf(projectInstance(implementer), nameOf(site.scope));
  return (
    own?.kind === 'function' && own.id !== site.scope && db.get(functionSignature, own.id) !== null
  );
}

function isPlain(subject: Subject, id: string): boolean {
  const signature = subject.db.get(functionSignature, id);
  return signature !== null && !signature.isAsync && !signature.isGenerator;
}

/**
 * The function whose body a place runs in, on the same thread: its own, also from inside a lambda that is handed to what
 * calls it at once. `isLater` where the lambda waits for the event loop.
 */
export function runningIn(
  subject: Subject,
  { function: own, lambda, scope }: Place,
): { readonly function: FunctionDef; readonly isLater: boolean } | undefined {
  if (own !== undefined) return { function: own, isLater: false };
  let isLater = false;
  let inner = lambda;
  for (; inner !== undefined; inner = inner.outer) {
    const when = whenRun(subject, inner.use, inner.node, scope);
    if (when === undefined) return undefined;
    isLater ||= when === 'later';
    if (inner.function !== undefined) return { function: inner.function, isLater };
  }
  return undefined;
}

function whenRun(
  subject: Subject,
  use: Use,
  lambda: Expression,
  scope: string,
): 'now' | 'later' | undefined {
  if (use.kind !== 'argument') return undefined;
  const taker = TAKERS[subject.nameOf(use.call.callee, scope) ?? ''];
  if (taker === undefined || argumentAt(use.call, taker) !== lambda) return undefined;
  if (taker.when !== 'iterated') return taker.when;
  const around = callSite(subject, use.call);
  return around !== undefined && isGoneThrough(subject, around) ? 'now' : undefined;
}

function callSite(subject: Subject, call: Call): CallSite | undefined {
  return sitesOf(subject.db, subject.block).calls.find(({ node }) => node === call);
}

/** The functions whose bodies calling a value runs. */
export function calledFunctions(subject: Subject, callee: Value): string[] {
  if (callee.kind === 'function') return implemented(subject, callee.id);
  if (callee.kind === 'class')
    return isMadeElsewhere(subject, callee.class) ? [] : methodOf(subject, callee, '__init__');
  if (callee.kind !== 'instance') return [];
  return callee.wraps
    ? calledFunctions(subject, callee.wraps)
    : methodOf(subject, callee, '__call__');
}

/** A metaclass of the project has a `__call__` of its own, which may hand out the object that it made before. */
function isMadeElsewhere({ evaluator }: Subject, made: ClassRef): boolean {
  return evaluator.lineage(made).some((one) => {
    const metaclass = one.kind === 'project' ? evaluator.classKeyword(one, 'metaclass') : undefined;
    const value =
      metaclass && one.kind === 'project'
        ? evaluator.meaningOf(metaclass, outerScopeOf(one.id))
        : undefined;
    if (value?.kind !== 'class') return false;
    return evaluator.attributeOf(value, '__call__')?.kind === 'function';
  });
}

function methodOf(subject: Subject, value: Value, name: string): string[] {
  const method = subject.evaluator.attributeOf(value, name);
  return method?.kind === 'function' ? implemented(subject, method.id) : [];
}

/** Of an abstract method, or one of a protocol, what implements it; nothing where that is not one function. */
function implemented(subject: Subject, id: string): string[] {
  const found = implementationOf(subject.db, id);
  return found === null ? [] : [found];
}

/** The properties of the project's classes that an attribute chain reads; of what is called, only what stands before it. */
export function propertiesIn(
  subject: Subject,
  chain: Expression,
  scope: string,
  isRead: boolean,
): readonly Run[] {
  const { evaluator } = subject;
  const found: Run[] = [];
  let part = chain;
  for (let isWhole = true; part.type === 'attribute'; isWhole = false, part = part.object) {
    if (isWhole && !isRead) continue;
    const object = evaluator.meaningOf(part.object, scope);
    if (object?.kind !== 'instance' || object.class.kind !== 'project') continue;
    const member = evaluator.attributeOf({ kind: 'class', class: object.class }, part.name);
    if (member?.kind !== 'function' || !evaluator.hasDecorator(member.id, 'builtins.property'))
      continue;
    for (const target of implemented(subject, member.id))
      if (runsAsWritten(subject, target)) found.push(now(target, part));
  }
  return found;
}
