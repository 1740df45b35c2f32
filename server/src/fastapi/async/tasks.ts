/** Tasks on the event loop, and who holds them. */
import { TASK_STARTERS } from '../../knowledge/coroutines.ts';
import { moduleScopeId, pathOf } from '../../python/definitions.ts';
import type { CallSite } from '../../python/sites.ts';
import { externalClassOf, lastPart } from '../../python/values.ts';
import { fileShape } from '../../syntax/source.ts';
import type { NamedCall } from '../calls.ts';
import { readsOf } from '../effects/coroutines.ts';
import { isFree, type Plan } from '../effects/loop.ts';
import type { Subject } from '../subject.ts';
import { lineIndent } from '../text.ts';

/** Starts a task that nobody holds: its result is dropped, or bound to a name that is never read. */
export function startsLooseTask(subject: Subject, call: NamedCall): boolean {
  if (!TASK_STARTERS.has(call.name) || call.isAwaited) return false;
  const { use, scope } = call;
  if (use.kind === 'dropped') return true;
  return (
    use.kind === 'assigned' &&
    use.target.type === 'name' &&
    call.function !== undefined &&
    isLocal(subject, use.target.id, scope) &&
    readsOf(subject, use.target.id, scope).length === 0
  );
}

function isLocal(subject: Subject, name: string, scope: string): boolean {
  const traced = subject.evaluator.trace(name, scope);
  return traced?.kind === 'bindings' && traced.scope === scope;
}

/** The name that the documentation of `asyncio` gives to the set that keeps tasks alive. */
const KEPT = 'background_tasks';

/** Keeps the task in a set of the module until it is done. Nothing where the names for it are taken. */
export function keptTask<FixId extends string>(
  subject: Subject,
  call: CallSite,
  fix: FixId,
): Plan<FixId> | undefined {
  const { node, scope } = call;
  const statement = call.statements.at(-1);
  if (statement?.type !== 'expression' || statement.value !== node || !call.function)
    return undefined;
  const isThere = isKept(subject, scope);
  if (!isFree(subject, 'task', scope) || !(isThere || isFree(subject, KEPT, scope)))
    return undefined;
  const indent = lineIndent(subject, node.start);
  if (indent === undefined) return undefined;
  const after = `\n${indent}${KEPT}.add(task)\n${indent}task.add_done_callback(${KEPT}.discard)`;
  const declared = `${KEPT}: set[asyncio.Task] = set()\n\n\n`;
  return {
    fix,
    replace: [
      ...(isThere ? [] : [{ start: 0, end: 0, block: firstDefinition(subject), text: declared }]),
      { start: node.start, end: node.start, text: 'task = ' },
      { start: node.end, end: node.end, text: after },
    ],
    imports: isThere ? [] : [{ module: 'asyncio' }],
  };
}

/** Whether the module has such a set already. */
function isKept(subject: Subject, scope: string): boolean {
  const traced = subject.evaluator.trace(KEPT, scope);
  if (traced?.kind !== 'bindings' || traced.scope !== moduleScopeId(pathOf(scope))) return false;
  const value = subject.meaningOf({ type: 'name', id: KEPT, start: 0, end: 0 }, scope);
  return lastPart(externalClassOf(value) ?? '') === 'set';
}

/** The first function or class of the file: one place for all that its functions need. */
function firstDefinition({ db, path, block }: Subject): string {
  const own = db.get(fileShape, path).find(({ kind }) => kind === 'function' || kind === 'class');
  return own?.id ?? block;
}
