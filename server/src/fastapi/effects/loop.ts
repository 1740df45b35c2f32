/** What rules about the event loop share: how loudly they speak, and the two ways to get a call off the loop. */
import { LOCKS } from '../../knowledge/locks.ts';
import { publicName } from '../../knowledge/names.ts';
import type { CallSite } from '../../python/sites.ts';
import type { LoopCall, Standing } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import type { Subject } from '../subject.ts';

type Spoken = 'error' | 'warning' | 'info' | 'hint';

const LOWER: Readonly<Record<Spoken, Spoken>> = {
  error: 'warning',
  warning: 'info',
  info: 'hint',
  hint: 'hint',
};

/** What runs once at start-up may block; a script, with all that only it runs, has no other requests to hold up. */
export function levelOnLoop(
  level: Spoken,
  call: Pick<Standing, 'isStartup' | 'isScript' | 'isProgram'>,
): Spoken {
  if (call.isStartup()) return 'hint';
  return call.isScript || call.isProgram() ? LOWER[level] : level;
}

export interface Plan<FixId extends string> {
  readonly fix: FixId;
  readonly replace: readonly {
    readonly start: number;
    readonly end: number;
    readonly text: string;
    /** The block that the offsets are in, when it is not the reporting one. */
    readonly block?: string;
  }[];
  readonly imports: readonly { readonly module: string; readonly name?: string }[];
}

/** `f(x)` becomes `await g(x)`. Nothing where `await` can't stand or the name means something else. */
export function awaitedInstead<FixId extends string>(
  subject: Subject,
  call: LoopCall,
  fix: FixId,
  replacement: string,
  needed: { readonly module: string; readonly name?: string },
): Plan<FixId> | undefined {
  if (!canAwait(call) || isUnderLock(subject, call)) return undefined;
  if (!canImport(subject, needed, call.scope)) return undefined;
  const { callee, start, end } = call.node;
  const open = call.isStatement ? '' : '(';
  const replace = [{ start: callee.start, end: callee.end, text: `${open}await ${replacement}` }];
  if (open !== '') replace.push({ start: end, end, text: ')' });
  return start === callee.start ? { fix, replace, imports: [needed] } : undefined;
}

/**
 * `f(x)` becomes `await run_in_threadpool(f, x)`. `receiver`: whether evaluating what the method is read from costs
 * nothing (a query that is being built), so that it may stay on the loop though it has calls.
 */
export function offloaded<FixId extends string>(
  subject: Subject,
  call: LoopCall,
  fix: FixId,
  receiver: 'unknown' | 'cheap' = 'unknown',
): Plan<FixId> | undefined {
  const { callee, args, argsStart, start, end } = call.node;
  const needed = { module: 'fastapi.concurrency', name: 'run_in_threadpool' };
  const isPlain =
    callee.start === start && subject.textOf({ start: argsStart, end: argsStart + 1 }) === '(';
  // The receiver would still be evaluated on the loop: `requests.Session().get(...)` may connect while it is made.
  const isName =
    callee.type === 'name' ||
    (callee.type === 'attribute' &&
      (receiver === 'cheap' || !subject.textOf(callee).includes('(')));
  // What `httpx.stream` gives sends the request when it is entered, on the loop again.
  const isLazy =
    callee.type === 'attribute' ? callee.name === 'stream' : /\.stream$/.test(call.name);
  if (!isPlain || !isName || isLazy || !canAwait(call) || isUnderLock(subject, call))
    return undefined;
  if (!canImport(subject, needed, call.scope)) return undefined;
  const isWhole = standsAlone(call);
  const [only] = args;
  // A generator may only do without parentheses of its own where it is the only argument.
  const isGenerator = only?.value.type === 'comprehension' && only.value.start === argsStart;
  // Arguments on lines of their own keep them.
  const isBroken = /^\s*\n/.test(subject.textOf({ start: argsStart + 1, end }));
  const closing = `${isGenerator ? ')' : ''}${isWhole ? '' : ')'}`;
  const separator = args.length === 0 ? '' : isBroken ? ',' : ', ';
  return {
    fix,
    replace: [
      {
        start,
        end: argsStart + 1,
        text: `${isWhole ? '' : '('}await run_in_threadpool(${subject.textOf(callee)}${separator}${isGenerator ? '(' : ''}`,
      },
      ...(closing === '' ? [] : [{ start: end, end, text: closing }]),
    ],
    imports: [needed],
  };
}

/** The call is all of a statement, or of what is assigned or returned, so that `await` needs no parentheses. */
export function standsAlone(call: CallSite): boolean {
  if (call.isStatement) return true;
  const statement = call.statements[call.statements.length - 1];
  const value =
    statement?.type === 'assign' || statement?.type === 'return' ? statement.value : undefined;
  return value !== undefined && value.start === call.node.start && value.end === call.node.end;
}

/**
 * A generator expression is run by whoever iterates it, who may not be able to await; a lambda that the loop calls can't
 * await at all.
 */
export function canAwait(call: CallSite & Partial<Pick<LoopCall, 'isCallback'>>): boolean {
  return (
    !call.isAwaited &&
    call.isCallback !== true &&
    !call.loops.some(({ node }) => node.type === 'comprehension' && node.form === 'generator')
  );
}

/** An `await` while a lock of threads is held stops the loop for good: what async/blocking-lock warns of. */
export function isUnderLock(subject: Subject, { statements, scope, node }: CallSite): boolean {
  return statements.some(
    (statement) =>
      statement.type === 'with' &&
      !statement.isAsync &&
      statement.items.some(
        ({ context }) =>
          context.end <= node.start &&
          isInstanceOf(subject.evaluator, subject.meaningOf(context, scope), LOCKS),
      ),
  );
}

/** Whether the name of an import is unbound where it would be used, or means just that import. */
function canImport(
  subject: Subject,
  { module, name }: { readonly module: string; readonly name?: string },
  scope: string,
): boolean {
  const own = name ?? module;
  const traced = subject.evaluator.trace(own, scope);
  if (traced?.kind !== 'value') return traced === undefined;
  if (traced.value.kind !== 'external') return false;
  const meant = publicName(name === undefined ? module : `${module}.${name}`);
  return traced.value.name === meant || traced.value.name === `builtins.${own}`;
}

/** Whether a name is unbound where it would be used, or bound by the module's own imports (which are checked later). */
export function isFree(subject: Subject, name: string, scope: string): boolean {
  const traced = subject.evaluator.trace(name, scope);
  if (traced?.kind !== 'value') return traced === undefined;
  return traced.value.kind === 'external';
}
