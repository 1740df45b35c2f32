/** What is made anew for every request, and could be made once. */
import { workOf } from '../../knowledge/blocking-cpu.ts';
import { CLIENT_IDENTITY, HTTP_CLIENTS } from '../../knowledge/clients.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { type NamedCall, purposeOf } from '../calls.ts';
import { originOf } from '../origins.ts';
import type { Subject } from '../subject.ts';
import { offloadedPart } from './offload.ts';
import { isUpToTheCaller, keptIn } from './once.ts';
import { type Service, serviceOf } from './service.ts';

/** How every request comes to a call that makes an HTTP client; nothing when clients have to differ. */
export function clientService(subject: Subject, call: NamedCall): Service | undefined {
  if (!HTTP_CLIENTS.has(call.name) || !mayRepeat(subject, call)) return undefined;
  const isOfItsOwn = call.node.args.some(({ name, star, value }) => {
    if (star !== undefined) return true;
    if (name !== undefined && !CLIENT_IDENTITY.has(name)) return false;
    const origin = originOf(subject, value, call.scope);
    return origin !== 'constant' && origin !== 'settings';
  });
  return isOfItsOwn ? undefined : serviceOf(subject.db, call.scope);
}

export interface Loaded {
  /** What loads the model: what is called, or handed to a thread. */
  readonly loader: Expression;
  readonly service: Service;
}

/** What loads a model again for every request: what is called, or handed to a thread. */
export function loadedPerRequest(subject: Subject, call: NamedCall): Loaded | undefined {
  const handed = offloadedPart(subject, call.node, call.scope);
  const loader = handed ?? call.node.callee;
  const name = handed ? subject.nameOf(handed, call.scope) : call.name;
  if (name === undefined || workOf(name) !== 'loading' || !mayRepeat(subject, call))
    return undefined;
  // Which model is loaded, the request says: there is no one to keep.
  const isChosen = call.node.args.some(
    ({ value }) => value !== handed && mayDiffer(subject, value, call.scope),
  );
  if (isChosen) return undefined;
  const service = serviceOf(subject.db, call.scope);
  return service && { loader, service };
}

/** Whether a value comes from the request, or is worked out in the function itself from what is not known. */
function mayDiffer(subject: Subject, value: Expression, scope: string): boolean {
  const origin = originOf(subject, value, scope);
  if (origin === 'request') return true;
  if (origin === 'constant' || origin === 'settings' || value.type !== 'name') return false;
  const traced = subject.evaluator.trace(value.id, scope);
  return (
    traced?.kind === 'bindings' &&
    traced.scope === scope &&
    traced.bindings.some((one) => one.kind === 'value' && one.value?.type === 'call')
  );
}

/** It stands in a function of the application, and its result is not kept for the next time. */
function mayRepeat(subject: Subject, call: NamedCall): boolean {
  if (call.function === undefined || subject.purpose !== 'application') return false;
  if (purposeOf(subject, call.function, call.scope).isStartup()) return false;
  return !keptIn(subject, call.function)(call) && !isUpToTheCaller(call.function, call);
}
