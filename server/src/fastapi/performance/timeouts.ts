/** Calls that wait for another server without end. */
import { ENDLESS_BY_DEFAULT, ENDLESS_WITH_NONE, LIMITS } from '../../knowledge/timeouts.ts';
import { knownFiles } from '../../python/modules.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { fileText } from '../../syntax/source.ts';
import { loopCall, type NamedCall, purposeOf } from '../calls.ts';
import { asScript } from '../effects/blocking.ts';
import { argumentOf } from '../routes.ts';
import type { Subject } from '../subject.ts';

/** Why a call may wait for ever: nothing limits it (`missing`), or it is told not to give up (`none`). */
export function endlessWait(subject: Subject, call: NamedCall): 'missing' | 'none' | undefined {
  const hasDefault = ENDLESS_WITH_NONE.has(call.name);
  if (!hasDefault && !ENDLESS_BY_DEFAULT.has(call.name)) return undefined;
  const { node, scope } = call;
  // What is on the loop is to become `httpx.AsyncClient`, which gives up by itself: async/blocking-http says so.
  if (!hasDefault && loopCall(subject, call) !== undefined) return undefined;
  const given = argumentOf(node, 'timeout');
  if (given !== undefined) {
    if (!isNoLimit(subject, given, scope)) return undefined;
    return hasDefault && subject.db.get(streams, subject.path) ? undefined : 'none';
  }
  if (hasDefault || node.args.some(({ star }) => star !== undefined)) return undefined;
  if (call.name.startsWith('requests.Session.') && subject.db.get(hasOwnAdapter, ''))
    return undefined;
  return 'missing';
}

/** `None`, or `httpx.Timeout(None)`. */
function isNoLimit(subject: Subject, given: Expression, scope: string): boolean {
  if (given.type === 'none') return true;
  if (given.type !== 'call' || !LIMITS.has(subject.nameOf(given.callee, scope) ?? '')) return false;
  const [only, ...others] = given.args;
  return only?.value.type === 'none' && only.name === undefined && others.length === 0;
}

/** By path: whether the file is a program of its own, and none that serves requests. */
const isProgram = defineQuery<boolean>('is program', (db, path) => {
  const text = db.get(fileText, path);
  return (
    /^if\s+__name__\s*==\s*['"]__main__['"]/m.test(text) && !/\b(?:fastapi|uvicorn)\b/i.test(text)
  );
});

/** Whether a call stands in code of the command line, where one that hangs is seen by who started it. */
export function isInProgram(subject: Subject, { function: around, scope }: NamedCall): boolean {
  const standing = around
    ? purposeOf(subject, around, scope)
    : { isProgram: () => false, isScript: false };
  return asScript(subject, standing).isScript || subject.db.get(isProgram, subject.path);
}

/** By path: whether the file reads answers that go on as long as they like. */
const streams = defineQuery<boolean>('streams', (db, path) =>
  /\.stream\(|\bstream=|\bsse\b|_sse\b|EventSource/i.test(db.get(fileText, path)),
);

/** By path: whether the file says how sessions send, or gives one a limit for all that it sends. */
const adaptsSessions = defineQuery<boolean>('adapts sessions', (db, path) =>
  /\bclass\s+\w+\([^)]*HTTPAdapter|\.request\s*=|\bclass\s+\w+\([^)]*\bSession\b|\.timeout\s*=/.test(
    db.get(fileText, path),
  ),
);

/** Whether any file of the project does: which session it is for can't be told. */
const hasOwnAdapter = defineQuery<boolean>('has own adapter', (db) =>
  [...db.get(knownFiles, '')].some((path) => db.get(adaptsSessions, path)),
);
