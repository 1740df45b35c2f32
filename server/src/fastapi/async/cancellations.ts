/** `asyncio.CancelledError` that a handler keeps to itself. */
import type { FunctionSite } from '../../python/sites.ts';
import type {
  ExceptHandler,
  Expression,
  FunctionDef,
  Span,
  Statement,
  Try,
} from '../../syntax/nodes.ts';
import { callsIn, lastName } from '../../syntax/parts.ts';
import { expressionsIn, ownExpressions, ownStatements, suitesOf } from '../../syntax/walk.ts';
import { awaitsIn, type Waiting } from '../effects/awaits.ts';
import type { Plan } from '../effects/loop.ts';
import { classesCaught } from '../excepts.ts';
import type { Subject } from '../subject.ts';
import { indentAt } from '../text.ts';

export interface Swallowed {
  /** What is caught, or the `except` of one that catches everything. */
  readonly at: Span;
  readonly handler: ExceptHandler;
  /** `broad`: `except:`, `BaseException`; `loops`: by name, and the loop around it goes on; `ends`: by name, and that is all. */
  readonly what: 'broad' | 'loops' | 'ends';
}

const CANCELLED: ReadonlySet<string> = new Set([
  'asyncio.CancelledError',
  'asyncio.exceptions.CancelledError',
]);

/** The handlers around an `await` that end a cancellation, in order. */
export function swallowedIn(subject: Subject, { id, node }: FunctionSite): readonly Swallowed[] {
  if (!node.isAsync) return [];
  return triesIn(node.body, []).flatMap(({ statement, around }): Swallowed | readonly [] => {
    const waits = awaitsIn(statement.body);
    const handler = waits.length === 0 ? undefined : catcherIn(subject, statement, id);
    if (handler === undefined || handsOn(subject, handler, id)) return [];
    const what = catches(subject, handler, id);
    if (what === undefined || awaitsTask(subject, node, waits, id)) return [];
    const at = handler.exception ?? { start: handler.start, end: handler.start + 'except'.length };
    if (what === 'broad') return { at, handler, what };
    return { at, handler, what: goesOn(handler, around) ? 'loops' : 'ends' };
  });
}

interface TryPlace {
  readonly statement: Try;
  readonly around: readonly Statement[];
}

function triesIn(suite: readonly Statement[], around: readonly Statement[]): readonly TryPlace[] {
  return suite.flatMap((statement) => {
    if (statement.type === 'function' || statement.type === 'class') return [];
    const inside = suitesOf(statement).flatMap((one) => triesIn(one, [...around, statement]));
    return statement.type === 'try' ? [{ statement, around }, ...inside] : inside;
  });
}

/** The first handler that a cancellation meets. */
function catcherIn(subject: Subject, { handlers }: Try, id: string): ExceptHandler | undefined {
  return handlers.find((handler) => catches(subject, handler, id) !== undefined);
}

function catches(
  subject: Subject,
  handler: ExceptHandler,
  id: string,
): 'broad' | 'named' | undefined {
  if (handler.exception === undefined) return 'broad';
  const names = classesCaught(handler).map((one) => subject.nameOf(one, id) ?? '');
  if (names.includes('builtins.BaseException')) return 'broad';
  return names.some((name) => CANCELLED.has(name)) ? 'named' : undefined;
}

const ENDS: ReadonlySet<string> = new Set(['sys.exit', 'builtins.exit', 'os._exit']);
const LOGS = /^(?:debug|info|warn|warning|error|exception|critical|log|print|print_exc)$/;

/** It raises, ends the process, or does more with the exception than to log it: keeps it, hands it to somebody, looks at it. */
function handsOn(subject: Subject, { name, body }: ExceptHandler, id: string): boolean {
  if ([...ownStatements(body)].some(({ type }) => type === 'raise')) return true;
  const calls = callsIn(body);
  if (calls.some(({ callee }) => ENDS.has(subject.nameOf(callee, id) ?? ''))) return true;
  if (name === undefined) return false;
  const logged = calls.filter(({ callee }) => LOGS.test(lastName(callee)));
  return [...ownStatements(body)].some((statement) =>
    expressionsIn(statement).some((whole) =>
      [...ownExpressions(whole)].some(
        (part) =>
          part.type === 'name' &&
          part.id === name &&
          !logged.some(({ start, end }) => start <= part.start && part.end <= end),
      ),
    ),
  );
}

const GATHERS: ReadonlySet<string> = new Set(
  'gather wait wait_for shield'.split(' ').map((name) => `asyncio.${name}`),
);

/** It waits for a task that it, or somebody, has cancelled: then the cancellation is that of the task. */
function awaitsTask(
  subject: Subject,
  { body }: FunctionDef,
  waits: readonly Waiting[],
  id: string,
): boolean {
  const cancels = callsIn(body).some(
    ({ callee }) => callee.type === 'attribute' && /^a?cancel(?:_|$)/.test(callee.name),
  );
  const isTask = (value: Expression) =>
    value.type !== 'call' || GATHERS.has(subject.nameOf(value.callee, id) ?? '');
  return cancels || waits.every((one) => one.type === 'await' && isTask(one.value));
}

/** The handler stands in a loop and does not leave it. */
function goesOn({ body }: ExceptHandler, around: readonly Statement[]): boolean {
  const isInLoop = around.some(({ type }) => type === 'while' || type === 'for');
  return (
    isInLoop && ![...ownStatements(body)].some(({ type }) => type === 'return' || type === 'break')
  );
}

/** Catches `Exception` in place of everything, or raises again at the end of the handler. */
export function letThrough<FixId extends string>(
  subject: Subject,
  { handler, what, at }: Swallowed,
  fixes: { readonly narrow: FixId; readonly raise: FixId },
): Plan<FixId> | undefined {
  const { exception, body } = handler;
  if (exception !== undefined && exception.type !== 'name' && exception.type !== 'attribute')
    return undefined;
  if (what === 'broad') {
    const replace = exception
      ? [{ start: at.start, end: at.end, text: 'Exception' }]
      : [{ start: at.end, end: at.end, text: ' Exception' }];
    return { fix: fixes.narrow, replace, imports: [] };
  }
  const last = body.at(-1);
  if (last === undefined || (last.type === 'return' && last.value)) return undefined;
  if (['pass', 'return', 'break', 'continue'].includes(last.type))
    return { fix: fixes.raise, replace: [{ ...spanOf(last), text: 'raise' }], imports: [] };
  const text = `\n${indentAt(subject, last.start)}raise`;
  return { fix: fixes.raise, replace: [{ start: last.end, end: last.end, text }], imports: [] };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
