/** Background tasks that never run: nobody is given them. */

import { functionOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import type { Call } from '../../syntax/nodes.ts';
import { type Uncallable, uncallableResult } from '../callable.ts';
import type { NamedCall } from '../calls.ts';
import { readsOf } from '../effects/coroutines.ts';
import { isBareHandler, isHandler } from '../handlers.ts';
import type { Subject } from '../subject.ts';

const TASKS: ReadonlySet<string> = new Set([
  'fastapi.BackgroundTasks',
  'starlette.background.BackgroundTasks',
]);

/** The name that new background tasks get, where all that happens to them is `add_task`. */
export function lostTasks(subject: Subject, call: NamedCall): string | undefined {
  const { function: around, name, scope, use } = call;
  if (!TASKS.has(name) || around === undefined || use.kind !== 'assigned') return undefined;
  if (use.target.type !== 'name') return undefined;
  const { id } = use.target;
  const traced = subject.evaluator.trace(id, scope);
  if (traced?.kind !== 'bindings' || traced.scope !== scope || traced.bindings.length > 1)
    return undefined;
  const added = new Set(
    sitesOf(subject.db, subject.block).calls.flatMap(({ node: { callee } }) =>
      callee.type === 'attribute' && callee.name === 'add_task' ? callee.object.start : [],
    ),
  );
  const reads = readsOf(subject, id, scope);
  const isLost = reads.length > 0 && reads.every(({ node }) => added.has(node.start));
  return isLost ? id : undefined;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Takes them as a parameter of the path operation instead: FastAPI then runs them after the answer. */
export function takenFromFastApi(
  subject: Subject,
  { scope, statements, node }: NamedCall,
  name: string,
): readonly Edit[] | undefined {
  const handler = functionOf(subject.db, scope);
  const statement = statements.at(-1);
  if (handler === undefined || statement?.type !== 'assign' || statement.value !== node)
    return undefined;
  if (!isHandler(subject, scope) || !isBareHandler(subject, scope)) return undefined;
  if (handler.parameters.some(({ kind, name: own }) => kind !== 'normal' || own === 'self'))
    return undefined;
  const type = subject.textOf(node.callee);
  const open = handler.nameStart + handler.name.length + 1;
  const rest = subject.textOf({ start: open - 1, end: handler.parametersEnd });
  // The whole line goes, and only where it is a line of its own and not all that there is.
  const line = /^[ \t]*\r?\n/.exec(subject.textOf({ start: statement.end, end: handler.end }))?.[0];
  const before = /\n([ \t]*)$/.exec(subject.textOf({ start: 0, end: statement.start }))?.[1];
  if (rest[0] !== '(' || rest.startsWith('(\n') || line === undefined || before === undefined)
    return undefined;
  const separator = handler.parameters.length > 0 ? ', ' : '';
  return [
    { start: open, end: open, text: `${name}: ${type}${separator}` },
    { start: statement.start - before.length, end: statement.end + line.length, text: '' },
  ];
}

export interface CalledTask {
  readonly inner: Call;
  readonly result: Uncallable;
  /** `send(to)` as `add_task` wants it: `send, to`. */
  readonly edits: readonly Edit[];
}

/** `add_task(send(to))`: it has run by then, or never does. */
export function calledTask(
  subject: Subject,
  { name, node, scope }: NamedCall,
): CalledTask | undefined {
  const [first] = node.args;
  if (!/\.BackgroundTasks\.add_task$|\.BackgroundTask$/.test(name)) return undefined;
  if (first === undefined || first.star !== undefined || first.name !== undefined) return undefined;
  const inner = first.value;
  if (inner.type !== 'call') return undefined;
  const result = uncallableResult(subject, inner, scope);
  if (result === undefined) return undefined;
  const { args, argsStart, end } = inner;
  const isPlain = subject.textOf({ start: argsStart, end: argsStart + 1 }) === '(';
  const edits =
    !isPlain || args.some(({ value }) => value.start === argsStart)
      ? []
      : args.length === 0
        ? [{ start: argsStart, end, text: '' }]
        : [
            { start: argsStart, end: argsStart + 1, text: ', ' },
            { start: end - 1, end, text: '' },
          ];
  return { inner, result, edits };
}
