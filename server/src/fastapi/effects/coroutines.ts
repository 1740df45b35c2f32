/** Coroutines that are made: which calls make one, and whether it ever gets to run. */
import {
  COROUTINES,
  ENTERED_AS_WELL,
  KEEPS_ASYNC,
  VALUE_TAKERS,
} from '../../knowledge/coroutines.ts';
import { enclosingOf, functionOf, nameOf, outerScopeOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { type CallSite, type NameSite, type Place, sitesOf, type Use } from '../../python/sites.ts';
import { lastPart, projectInstance, type Value } from '../../python/values.ts';
import type { Call, Expression, FunctionDef, Statement } from '../../syntax/nodes.ts';
import { headOf, namesIn } from '../../syntax/parts.ts';
import { operandsOf, ownStatements, suitesOf } from '../../syntax/walk.ts';
import { isModel, isResponseClass } from '../classes.ts';
import { awaited } from '../files.ts';
import { isHandler } from '../handlers.ts';
import type { Subject } from '../subject.ts';
import { subclassesOf } from './implementations.ts';
import { canAwait, type Plan } from './loop.ts';

/** What is done with a coroutine that nobody awaits. */
export type Mistake = 'dropped' | 'returned' | 'tested' | 'used' | 'unused';

/** Whether calling a value makes a coroutine, for certain: unknown decorators may do anything. */
export function makesCoroutine(subject: Subject, callee: Value | undefined): boolean {
  if (callee?.kind === 'external') return COROUTINES.has(callee.name);
  if (callee?.kind === 'instance') {
    const method = subject.evaluator.attributeOf(callee, '__call__');
    return method?.kind === 'function' && makesCoroutine(subject, method);
  }
  if (callee?.kind !== 'function') return false;
  const signature = subject.db.get(functionSignature, callee.id);
  if (signature === null || !signature.isAsync || signature.isGenerator) return false;
  // `async def stream(self) -> AsyncIterator[str]: ...` stands for an async generator.
  if (signature.returns && /\bAsync(?:Iter|Gener)/.test(annotationText(signature.returns)))
    return false;
  const scope = outerScopeOf(callee.id);
  return signature.decorators.every((decorator) => keepsAsync(subject, decorator, scope));
}

function annotationText(annotation: Expression): string {
  if (annotation.type === 'name') return annotation.id;
  if (annotation.type === 'attribute') return annotation.name;
  if (annotation.type === 'string') return annotation.value;
  return annotation.type === 'subscript' ? annotationText(annotation.object) : '';
}

/** Whether a decorator leaves an `async def` one. */
export function keepsAsync(subject: Subject, decorator: Expression, scope: string): boolean {
  const value = subject.meaningOf(headOf(decorator), scope);
  if (value?.kind === 'external')
    return KEEPS_ASYNC.has(value.name) || /^(?:fastapi|starlette)\./.test(value.name);
  const node = value?.kind === 'function' ? functionOf(subject.db, value.id) : undefined;
  return node !== undefined && wrapsInAsync(node);
}

/** A decorator of the project whose innermost functions are all `async def`. */
function wrapsInAsync(node: FunctionDef): boolean {
  const inner = [...ownStatements(node.body)].filter((one) => one.type === 'function');
  if (inner.length === 0) return false;
  return inner.every((one) => {
    const isLeaf = ![...ownStatements(one.body)].some(({ type }) => type === 'function');
    return isLeaf ? one.isAsync : wrapsInAsync(one);
  });
}

/** How a call loses the coroutine that it makes; nothing where it is awaited, or may still be. */
export function lostCoroutine(subject: Subject, site: CallSite): Mistake | undefined {
  if (site.isAwaited || !mayLose(site)) return undefined;
  const callee = subject.meaningOf(site.node.callee, site.scope);
  if (!makesCoroutine(subject, callee) || mayBePlain(subject, callee)) return undefined;
  if (callee?.kind === 'external' && ENTERED_AS_WELL.has(callee.name) && isEntered(subject, site))
    return undefined;
  if (site.use.kind === 'assigned') return lostInName(subject, site, site.use.target);
  return mistakeOf(subject, site, site.node);
}

/** Whether a method has a plain `def` in a class below the one that is known: what is called may be that. */
function mayBePlain({ db, evaluator }: Subject, callee: Value | undefined): boolean {
  const owner = callee?.kind === 'function' && callee.bound ? enclosingOf(callee.id) : null;
  if (callee?.kind !== 'function' || owner === null) return false;
  return (subclassesOf(db, evaluator, owner) ?? []).some((id) => {
    const method = evaluator.attributeOf(projectInstance(id), nameOf(callee.id));
    return method?.kind === 'function' && db.get(functionSignature, method.id)?.isAsync === false;
  });
}

/** Whether what a call gives is entered, there or by its name. */
function isEntered(subject: Subject, { use, scope }: CallSite): boolean {
  if (use.kind !== 'assigned') return use.kind === 'entered';
  const { target } = use;
  if (target.type !== 'name') return false;
  return readsOf(subject, target.id, scope).some((read) => read.use.kind === 'entered');
}

/** What is cheap to ask before anything is looked up. */
function mayLose({ use }: CallSite): boolean {
  return use.kind !== 'other' && use.kind !== 'yielded';
}

const COROUTINE_ATTRIBUTES: ReadonlySet<string> = new Set(
  'close send throw cr_frame cr_running cr_code cr_await __await__ __name__'.split(' '),
);

function mistakeOf(
  subject: Subject,
  place: Place & { readonly use: Use },
  node: Expression,
): Mistake | undefined {
  const { use, function: around, scope } = place;
  switch (use.kind) {
    case 'dropped':
      return 'dropped';
    case 'tested':
      return 'tested';
    case 'returned':
      return around !== undefined && isHandler(subject, scope) ? 'returned' : undefined;
    case 'iterated':
    case 'entered':
      return 'used';
    case 'operand':
      return readsOfCoroutine(subject, node) ? undefined : 'used';
    case 'argument':
      return takesValue(subject, use.call, node, scope) ? 'used' : undefined;
    case 'collected': {
      const statement = place.statements.at(-1);
      const isAnswer =
        around !== undefined &&
        statement?.type === 'return' &&
        statement.value !== undefined &&
        isElementOf(statement.value, node) &&
        isHandler(subject, scope);
      return isAnswer ? 'returned' : undefined;
    }
    default:
      return undefined;
  }
}

/** `coroutine.close()`: it is known to be one. */
function readsOfCoroutine(subject: Subject, node: Expression): boolean {
  const { calls, references } = sitesOf(subject.db, subject.block);
  const chains = [...calls.map(({ node: { callee } }) => callee), ...references.map((r) => r.node)];
  return chains.some(
    (chain) =>
      chain.type === 'attribute' &&
      chain.object.start === node.start &&
      chain.object.end === node.end &&
      COROUTINE_ATTRIBUTES.has(chain.name),
  );
}

/** Whether an expression is an element of a literal list, dict …, at any depth, or of a comprehension. */
function isElementOf(whole: Expression, part: Expression): boolean {
  switch (whole.type) {
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return operandsOf(whole).some((one) => one === part || isElementOf(one, part));
    case 'comprehension':
      return whole.element === part || whole.value === part;
    default:
      return false;
  }
}

/** Whether what an argument is given to wants a plain value: known functions, models, responses, annotated parameters. */
function takesValue(subject: Subject, call: Call, node: Expression, scope: string): boolean {
  const callee = subject.meaningOf(call.callee, scope);
  if (callee === undefined) return false;
  if (callee.kind === 'external')
    return VALUE_TAKERS.has(callee.name) || isResponseClass(subject.evaluator, callee);
  if (callee.kind === 'class') {
    const { evaluator } = subject;
    return (
      isResponseClass(evaluator, callee) ||
      isModel(evaluator, { kind: 'instance', class: callee.class })
    );
  }
  return callee.kind === 'function' && takesAnnotated(subject, callee, call, node);
}

/** Annotations of what may be awaited by whoever gets it. */
const AWAITABLE = /^(?:Awaitable|Coroutine|Future|Task|Any|object|Callable)$/;

function takesAnnotated(
  subject: Subject,
  callee: Extract<Value, { kind: 'function' }>,
  call: Call,
  node: Expression,
): boolean {
  const signature = subject.db.get(functionSignature, callee.id);
  const argument = call.args.find(({ value }) => value === node);
  if (signature === null || argument === undefined || argument.star !== undefined) return false;
  const before = call.args.slice(0, call.args.indexOf(argument));
  if (before.some(({ star }) => star !== undefined) || signature.decorators.length > 0)
    return false;
  const index = before.filter(({ name }) => name === undefined).length + (callee.bound ? 1 : 0);
  const at = signature.parameters.findIndex((parameter, position) =>
    argument.name === undefined ? position === index : parameter.name === argument.name,
  );
  const parameter = signature.parameters[at];
  if (parameter?.annotation === undefined) return false;
  if (parameter.kind === '*' || parameter.kind === '**') return false;
  const value = subject.evaluator.parameterValue(parameter, at, callee.id);
  if (value?.kind !== 'instance') return false;
  return value.class.kind === 'project' || !AWAITABLE.test(lastPart(value.class.name));
}

/**
 * `user = get_user()`: lost when every use of the name, in its own function, treats it as a value, or there is none; and
 * where the name has other uses or values too, when the first use that is sure to meet this one does.
 */
function lostInName(subject: Subject, site: CallSite, target: Expression): Mistake | undefined {
  // `user, is_new = get_or_create()`: a coroutine can't be unpacked.
  if (target.type === 'tuple' || target.type === 'list') return 'used';
  if (target.type !== 'name' || site.function === undefined) return undefined;
  if (!isOnlyTarget(site.statements.at(-1), target)) return undefined;
  const traced = subject.evaluator.trace(target.id, site.scope);
  if (traced?.kind !== 'bindings' || traced.scope !== site.scope) return undefined;
  const reads = readsOf(subject, target.id, site.scope);
  // What a nested function, a lambda or an `await` does with it can't be told.
  if (reads.some((read) => read.scope !== site.scope || !read.function || isOther(read)))
    return undefined;
  const next = reads.find((read) => followsAtOnce(site, target.id, read));
  const mistake = next && mistakeOf(subject, next, next.node);
  if (mistake !== undefined || traced.bindings.length > 1) return mistake;
  const mistakes = reads.map((read) => mistakeOf(subject, read, read.node));
  return mistakes.includes(undefined) ? undefined : (mistakes[0] ?? 'unused');
}

function isOther({ use }: NameSite): boolean {
  return use.kind === 'other';
}

/** Whether a read stands in a later statement of the suite of a call's own, with no new value for the name in between. */
function followsAtOnce(site: CallSite, name: string, read: NameSite): boolean {
  const depth = site.statements.length - 1;
  const own = site.statements[depth];
  const around = site.statements[depth - 1];
  const suites = around ? suitesOf(around) : site.function ? [site.function.body] : [];
  const suite = suites.find((one) => own !== undefined && one.includes(own));
  const later = read.statements[depth];
  if (own === undefined || suite === undefined || later === undefined) return false;
  const [from, to] = [suite.indexOf(own), suite.indexOf(later)];
  if (to <= from) return false;
  return ![...ownStatements(suite.slice(from + 1, to + 1))].some(
    (statement) => statement.start < read.node.start && mayBind(statement, name),
  );
}

/** Whether a statement gives a name a new value; that it is read from counts too when it can't be told apart. */
function mayBind(statement: Statement, name: string): boolean {
  const targets =
    statement.type === 'assign'
      ? statement.targets
      : statement.type === 'augassign' || statement.type === 'for'
        ? [statement.target]
        : statement.type === 'with'
          ? statement.items.flatMap(({ target }) => target ?? [])
          : statement.type === 'delete'
            ? statement.operands
            : [];
  return targets.some((target) => namesIn(target).includes(name));
}

function isOnlyTarget(statement: Statement | undefined, target: Expression): boolean {
  if (statement?.type !== 'assign') return true;
  return statement.targets.length === 1 && statement.targets[0] === target;
}

/** Where a local name of a function is read, nested functions and lambdas included. */
export function readsOf(subject: Subject, name: string, scope: string): readonly NameSite[] {
  return sitesOf(subject.db, subject.block).names.filter(
    (one) => one.node.id === name && (one.scope === scope || one.scope.startsWith(`${scope}>`)),
  );
}

/** `f()` becomes `await f()`, where `await` can stand and no other one would then be too much. */
export function awaitedCall<FixId extends string>(
  subject: Subject,
  site: CallSite,
  fix: FixId,
): Plan<FixId> | undefined {
  if (!site.function?.isAsync || !canAwait(site)) return undefined;
  const { start, end } = site.node;
  // `await client.get(url).json()`: the `await` that is there belongs further in.
  const isInsideAwait = sitesOf(subject.db, subject.block).calls.some(
    ({ node, isAwaited }) => isAwaited && node.start === start && node.end > end,
  );
  if (isInsideAwait) return undefined;
  return { fix, replace: awaited(subject, site.node), imports: [] };
}
