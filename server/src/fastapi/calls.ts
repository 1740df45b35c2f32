/** Calls, by the name of what is called. */
import { enclosingOf } from '../python/definitions.ts';
import { type CallSite, sitesOf } from '../python/sites.ts';
import { lastPart } from '../python/values.ts';
import { defineQuery } from '../query/database.ts';
import type { Expression, FunctionDef } from '../syntax/nodes.ts';
import { mainGuards, runsOnlyByCommand, runsOnlyByProgram } from './effects/commands.ts';
import { isCalledInsteadOfOffloaded } from './effects/offload.ts';
import { runsOnlyAtStartup } from './effects/startup.ts';
import { runningIn } from './effects/targets.ts';
import type { Subject } from './subject.ts';

export { spelled } from '../syntax/spelled.ts';

export interface NamedCall extends CallSite {
  /** The public dotted name: `requests.get`, `requests.Session.get` for a method of an object. */
  readonly name: string;
}

/** What the function around a place is for. */
export interface Standing {
  /** It runs once, while the application starts or stops, and holds up no request. */
  readonly isStartup: () => boolean;
  /** It runs only because of a command: there are no other requests that it could hold up. */
  readonly isCommand: () => boolean;
  /** It runs only because somebody started a program: nobody waits for an answer. */
  readonly isProgram: () => boolean;
  /** It is reached from the file's `if __name__ == "__main__"` only by its own name. */
  readonly isScript: boolean;
}

export interface LoopCall extends NamedCall, Standing {
  readonly function: FunctionDef;
  /** It stands in a lambda: nothing can be awaited there. */
  readonly isCallback: boolean;
}

/** The call with the name of what it calls, when that is known and not of the project. */
export function namedCall(subject: Subject, site: CallSite): NamedCall | undefined {
  const { callee } = site.node;
  const name = subject.nameOf(callee, site.scope) ?? nameOfObject(subject, callee, site.scope);
  return name === undefined ? undefined : { ...site, name };
}

/** `model(inputs)`: an object of a class of another package is called. */
function nameOfObject(subject: Subject, callee: Expression, scope: string): string | undefined {
  const value = subject.meaningOf(callee, scope);
  if (value?.kind !== 'instance') return undefined;
  const method = subject.evaluator.attributeOf(value, '__call__');
  return method?.kind === 'external' ? method.name : undefined;
}

/**
 * The call as one that runs on the event loop; nothing when it doesn't stand in an `async def`, and for the `f()` of
 * `run_in_threadpool(f())`, which async/offload-called speaks of.
 */
export function loopCall(subject: Subject, call: NamedCall): LoopCall | undefined {
  const around = runningIn(subject, call);
  if (around === undefined || !(around.isLater || around.function.isAsync)) return undefined;
  if (isCalledInsteadOfOffloaded(subject, call)) return undefined;
  return standingOf(subject, { ...call, function: around.function });
}

/** A call in an `async def`, with what that function is for. */
export function standingOf(
  subject: Subject,
  call: NamedCall & { readonly function: FunctionDef },
): LoopCall {
  const isCallback = call.lambda !== undefined;
  return { ...call, isCallback, ...purposeOf(subject, call.function, call.scope) };
}

/** What a function is for: starting up, a script, or neither. */
export function purposeOf(subject: Subject, node: FunctionDef, functionId: string): Standing {
  return {
    isStartup: () => runsOnlyAtStartup(subject.db, functionId),
    isCommand: () => runsOnlyByCommand(subject.db, functionId),
    isProgram: () => runsOnlyByProgram(subject.db, functionId),
    isScript: isScript(subject, node, functionId),
  };
}

/** What is called, in code marks; under another name, with its own: `nap` (`time.sleep`). */
export function introduced(subject: Subject, { node, name }: NamedCall): string {
  const text = subject.textOf(node.callee);
  return text.endsWith(lastPart(name)) ? `\`${text}\`` : `\`${text}\` (\`${name}\`)`;
}

/** By path: the names that a file calls under its `if __name__ == "__main__"`. */
const calledAsScript = defineQuery<ReadonlySet<string>>('called as script', (db, path) => {
  const found = new Set<string>();
  for (const id of mainGuards(db, path))
    for (const { node } of sitesOf(db, id).calls)
      if (node.callee.type === 'name') found.add(node.callee.id);
  return found;
});

function isScript(subject: Subject, node: FunctionDef, functionId: string): boolean {
  // A method or a nested function is not what the guard calls by that name.
  if (enclosingOf(functionId) !== null) return false;
  return subject.db.get(calledAsScript, subject.path).has(node.name);
}
