/** A path operation that awaits nothing may be a plain `def`: FastAPI then runs it in the thread pool. */
import { BLOCKING_HTTP } from '../../knowledge/blocking.ts';
import { sitesOf } from '../../python/sites.ts';
import { type LoopCall, namedCall } from '../calls.ts';
import { awaitsIn } from '../effects/awaits.ts';
import { makesCoroutine } from '../effects/coroutines.ts';
import type { Plan } from '../effects/loop.ts';
import { isHandler } from '../handlers.ts';
import type { Subject } from '../subject.ts';

/** Takes the `async` away from the path operation that a call stands in; nothing where it needs the event loop. */
export function madePlain<FixId extends string>(
  subject: Subject,
  { function: around, scope }: Pick<LoopCall, 'function' | 'scope'>,
  fix: FixId,
): Plan<FixId> | undefined {
  if (awaitsIn(around.body).length > 0 || !isHandler(subject, scope) || usesLoop(subject, scope))
    return undefined;
  const head = subject.textOf({ start: around.start, end: around.nameStart });
  const found = /async\s+(?=def\s+$)/.exec(head);
  if (found === null) return undefined;
  const start = around.start + found.index;
  return { fix, replace: [{ start, end: start + found[0].length, text: '' }], imports: [] };
}

/** In a thread there is no running loop; and what other rules mend by an `await` needs one. */
function usesLoop(subject: Subject, scope: string): boolean {
  return sitesOf(subject.db, subject.block).calls.some((site) => {
    if (site.scope !== scope) return false;
    const name = namedCall(subject, site)?.name ?? '';
    return (
      /^(?:asyncio|anyio)\./.test(name) ||
      name === 'time.sleep' ||
      BLOCKING_HTTP.has(name) ||
      makesCoroutine(subject, subject.meaningOf(site.node.callee, scope))
    );
  });
}
