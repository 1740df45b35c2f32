/** Calls that wait for another server without end. */
import { ENDLESS_BY_DEFAULT, ENDLESS_WITH_NONE, LIMITS } from '../../knowledge/timeouts.ts';
import { defineQuery } from '../../query/database.ts';
import { defineGlance, isSaidIn } from '../../syntax/glances.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { loopCall, type NamedCall, purposeOf } from '../calls.ts';
import { asScript } from '../effects/blocking.ts';
import { isSaidAnywhere } from '../everywhere.ts';
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
  if (call.name.startsWith('requests.Session.') && isSaidAnywhere(subject.db, ADAPTING))
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

const MAIN_GUARD = defineGlance(/^if\s+__name__\s*==\s*['"]__main__['"]/m, ['__main__']);
const SERVING = defineGlance(/\b(?:fastapi|uvicorn)\b/i);
const STREAMING = defineGlance(/\.stream\(|\bstream=|\bsse\b|_sse\b|EventSource/i);
/** A session is told how to send, or given a limit for all that it sends: for which one can't be told. */
const ADAPTING = defineGlance(
  /\bclass\s+\w+\([^)]*HTTPAdapter|\.request\s*=|\bclass\s+\w+\([^)]*\bSession\b|\.timeout\s*=/,
  ['HTTPAdapter', '.request', 'Session', '.timeout'],
);

/** By path: whether the file is a program of its own, and none that serves requests. */
const isProgram = defineQuery<boolean>(
  'is program',
  (db, path) => isSaidIn(db, path, MAIN_GUARD) && !isSaidIn(db, path, SERVING),
);

/** Whether a call stands in code of the command line, where one that hangs is seen by who started it. */
export function isInProgram(subject: Subject, { function: around, scope }: NamedCall): boolean {
  const standing = around
    ? purposeOf(subject, around, scope)
    : { isProgram: () => false, isScript: false };
  return asScript(subject, standing).isScript || subject.db.get(isProgram, subject.path);
}

/** By path: whether the file reads answers that go on as long as they like. */
const streams = defineQuery<boolean>('streams', (db, path) => isSaidIn(db, path, STREAMING));
