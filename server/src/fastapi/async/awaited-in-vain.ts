/** `await` on what can't be awaited. */
import { neverAwaitable } from '../../knowledge/awaitables.ts';
import { isBlockingDatabase } from '../../knowledge/blocking-database.ts';
import { functionOf, nameOf, outerScopeOf } from '../../python/definitions.ts';
import { knownFiles } from '../../python/modules.ts';
import { functionSignature, returnsIn, yieldsIn } from '../../python/signatures.ts';
import type { CallSite } from '../../python/sites.ts';
import { type ClassRef, lastPart, type Value } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, FunctionDef, Parameter } from '../../syntax/nodes.ts';
import { fileText } from '../../syntax/source.ts';
import { isInstanceOf, isModel, isOrmObject, isResponse, isResponseClass } from '../classes.ts';
import { makesCoroutine } from '../effects/coroutines.ts';
import { blockingWayFrom } from '../effects/effects.ts';
import type { Plan } from '../effects/loop.ts';
import { isStub } from '../reads.ts';
import type { Subject } from '../subject.ts';

/** `value`: a plain result; `stream`: an asynchronous generator; `session`: of a synchronous session. */
export interface VainAwait {
  readonly what: 'value' | 'stream' | 'session';
  /** Without the `await` the call would hold up the event loop. */
  readonly blocks: boolean;
}

/** What an `await` waits for in vain; nothing where it may be right. */
export function vainAwait(subject: Subject, site: CallSite): VainAwait | undefined {
  // `await client.get(url).json()`: the `await` belongs further in, says async/missing-await.
  if (!site.isAwaited || callsCoroutine(subject, site.node.callee, site.scope)) return undefined;
  const callee = subject.meaningOf(site.node.callee, site.scope);
  if (callee?.kind === 'external') {
    if (isResponseClass(subject.evaluator, callee)) return { what: 'value', blocks: false };
    const what = neverAwaitable(callee.name);
    if (what === 'session' && !isSeenToBeSync(subject, site)) return undefined;
    // `class Tasks(BackgroundTasks)` with an `async def add_task`, where the annotation says `BackgroundTasks`.
    const mayBeOther = /^(?:fastapi|starlette)\./.test(callee.name);
    if (what && mayBeOther && subject.db.get(hasAsyncTwin, lastPart(callee.name))) return undefined;
    return what && { what, blocks: isBlockingDatabase(callee.name) };
  }
  if (callee?.kind !== 'function') return undefined;
  const what = resultOf(subject, callee);
  return what && { what, blocks: blockingWayFrom(subject.db, callee.id) !== null };
}

/** Whether a chain reads from a coroutine that nobody awaits. */
function callsCoroutine(subject: Subject, chain: Expression, scope: string): boolean {
  if (chain.type === 'attribute') return callsCoroutine(subject, chain.object, scope);
  if (chain.type !== 'call') return false;
  return (
    makesCoroutine(subject, subject.meaningOf(chain.callee, scope)) ||
    callsCoroutine(subject, chain.callee, scope)
  );
}

function resultOf(
  subject: Subject,
  { id, bound }: Extract<Value, { kind: 'function' }>,
): 'value' | 'stream' | undefined {
  const signature = subject.db.get(functionSignature, id);
  const node = functionOf(subject.db, id);
  if (signature === null || node === undefined || !isPlainlyDecorated(subject, id, node))
    return undefined;
  if (signature.isAsync) return signature.isGenerator ? 'stream' : undefined;
  if (isStub(node) || (bound && subject.db.get(hasAsyncTwin, nameOf(id)))) return undefined;
  if (signature.isGenerator) return 'value';
  const returned = returnsIn(node.body);
  const givesCoroutine = returned.some(
    (one) => one.type === 'call' && makesCoroutine(subject, subject.meaningOf(one.callee, id)),
  );
  if (givesCoroutine) return undefined;
  const isPlain = signature.returns
    ? isPlainType(subject, signature.returns, outerScopeOf(id))
    : returned.every((one) => isPlainResult(subject, one, id));
  return isPlain ? 'value' : undefined;
}

/** Decorators that change nothing about what a call gives. */
const PLAIN_DECORATORS: ReadonlySet<string> = new Set([
  'builtins.staticmethod',
  'builtins.classmethod',
  'typing.override',
  'typing_extensions.override',
]);

function isPlainlyDecorated(subject: Subject, id: string, { decorators }: FunctionDef): boolean {
  return decorators.every((one) =>
    PLAIN_DECORATORS.has(subject.nameOf(one, outerScopeOf(id)) ?? ''),
  );
}

function isPlainType(subject: Subject, annotation: Expression, scope: string): boolean {
  if (annotation.type === 'binary')
    return (
      isPlainType(subject, annotation.left, scope) && isPlainType(subject, annotation.right, scope)
    );
  return isPlainValue(subject, subject.evaluator.annotated(annotation, scope));
}

function isPlainResult(subject: Subject, result: Expression, scope: string): boolean {
  switch (result.type) {
    case 'string':
    case 'fstring':
    case 'number':
    case 'compare':
    case 'dict':
    case 'list':
      return true;
    case 'conditional':
      return [result.body, result.orelse].every((one) => isPlainResult(subject, one, scope));
    default:
      return isPlainValue(subject, subject.meaningOf(result, scope));
  }
}

/** What certainly has no `__await__`. A class of the project may get one from a base that is not known. */
function isPlainValue(subject: Subject, value: Value | undefined): boolean {
  if (value?.kind === 'none') return true;
  if (value?.kind !== 'instance' || value.made !== undefined) return false;
  const { evaluator } = subject;
  if (isModel(evaluator, value) || isOrmObject(evaluator, value) || isResponse(evaluator, value))
    return true;
  return value.class.kind === 'external' && PLAIN_CLASSES.test(nameOfClass(value.class));
}

function nameOfClass(ref: ClassRef): string {
  return ref.kind === 'external' ? ref.name : '';
}

const PLAIN_CLASSES =
  /^(?:builtins\.(?!object$)\w+|typing\.(?:List|Dict|Set|Tuple|Sequence|Mapping)|datetime\.\w+|decimal\.Decimal|uuid\.UUID|pathlib\.Path|httpx\.Response|requests\.Response|pandas\.DataFrame)$/;

/** By name: whether a class of the project has an asynchronous method of that name, which may stand in for a plain one. */
const hasAsyncTwin = defineQuery<boolean>('has asynchronous twin', (db, name) =>
  [...db.get(knownFiles, '')].some((path) => db.get(hasAsyncMethod, `${name}\n${path}`)),
);

const hasAsyncMethod = defineQuery<boolean>('has asynchronous method', (db, key) => {
  const [name = '', path = ''] = key.split('\n');
  return new RegExp(`^[ \\t]+async\\s+def\\s+${name}\\b`, 'm').test(db.get(fileText, path));
});

const SYNC_SESSIONS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.Session',
  'sqlalchemy.orm.scoped_session',
  'sqlmodel.Session',
]);

/**
 * An annotation alone may be what is wrong (`session: Session` that is given an `AsyncSession`): the session has to be seen
 * where it is made, in the function or in its dependency.
 */
function isSeenToBeSync(subject: Subject, { scope, node }: CallSite): boolean {
  const root = rootOf(node.callee);
  const traced = root === undefined ? undefined : subject.evaluator.trace(root, scope);
  if (traced?.kind !== 'bindings') return false;
  return traced.bindings.every((one) => {
    if (one.kind === 'entered') return true;
    if (one.kind === 'value') return one.annotation === undefined && one.value !== undefined;
    return one.kind === 'parameter' && comesFromSyncDependency(subject, one.parameter, scope);
  });
}

/** `db: Session = Depends(get_db)`, where what `get_db` gives is seen, and is no asynchronous one. */
function comesFromSyncDependency(
  subject: Subject,
  { default: value, annotation }: Parameter,
  scope: string,
): boolean {
  const metadata = annotation?.type === 'subscript' ? annotation.indices.slice(1) : [];
  const dependency = [value, ...metadata].flatMap((one) => {
    const target = one?.type === 'call' ? one.args[0]?.value : undefined;
    const meant = target && subject.meaningOf(target, outerScopeOf(scope));
    return meant?.kind === 'function' ? meant.id : [];
  })[0];
  const body = dependency === undefined ? undefined : functionOf(subject.db, dependency)?.body;
  if (dependency === undefined || body === undefined) return false;
  const given = [...yieldsIn(body), ...returnsIn(body)].map((one) =>
    subject.meaningOf(one, dependency),
  );
  return (
    given.length > 0 && given.every((one) => isInstanceOf(subject.evaluator, one, SYNC_SESSIONS))
  );
}

function rootOf(expression: Expression): string | undefined {
  if (expression.type === 'name') return expression.id;
  if (expression.type === 'attribute') return rootOf(expression.object);
  return expression.type === 'call' ? rootOf(expression.callee) : undefined;
}

/** Takes the `await` away. Not where the call would then hold up the loop, or is to be gone through. */
export function withoutAwait<FixId extends string>(
  subject: Subject,
  site: CallSite,
  { what, blocks }: VainAwait,
  fix: FixId,
): Plan<FixId> | undefined {
  const { start } = site.node;
  const found = /await\s+$/.exec(subject.textOf({ start: 0, end: start }));
  if (found === null || blocks || what === 'stream') return undefined;
  return { fix, replace: [{ start: start - found[0].length, end: start, text: '' }], imports: [] };
}
