/** Calls that run a function in a thread, and which function that is. */
import { OFFLOADERS } from '../../knowledge/coroutines.ts';
import type { CallSite } from '../../python/sites.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import type { Subject } from '../subject.ts';

/** What stands where `run_in_threadpool` and its like take a function. */
export function offloadedPart(subject: Subject, call: Call, scope: string): Expression | undefined {
  const name = subject.nameOf(call.callee, scope);
  const offloader = name === undefined ? undefined : OFFLOADERS[name];
  return offloader && argumentAt(call, offloader);
}

/** What a call is given at a place among its positional arguments, or by a keyword. */
export function argumentAt(
  call: Call,
  { index, keyword }: { readonly index: number; readonly keyword: string },
): Expression | undefined {
  const positional = call.args.filter((argument) => argument.name === undefined);
  if (positional.slice(0, index + 1).some((argument) => argument.star !== undefined))
    return undefined;
  const named = call.args.find((argument) => argument.name === keyword && keyword !== '');
  return (positional[index] ?? named)?.value;
}

/** Whether a call is the `f()` of `run_in_threadpool(f())`. */
export function isCalledInsteadOfOffloaded(
  subject: Subject,
  { node, scope, use }: CallSite,
): boolean {
  return use.kind === 'argument' && offloadedPart(subject, use.call, scope) === node;
}
