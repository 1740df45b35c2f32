/** What FastAPI can't give to the dependencies of a websocket: there is no `Request`. */
import { blockOf, definitionOf, functionOf, outerScopeOf } from '../../python/definitions.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { isInstanceOf } from '../classes.ts';
import type { Dependency } from '../running/dependencies.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { socketUses } from './sockets.ts';

const REQUESTS: ReadonlySet<string> = new Set(['fastapi.Request', 'starlette.requests.Request']);

export interface RequestNeed {
  /** The parameter that takes the request. */
  readonly parameter: string;
  /** The function that has it. */
  readonly owner: string;
  readonly at: { readonly start: number; readonly end: number; readonly block: string };
  /** `Request`, where an `HTTPConnection` would do, which a websocket is as well. */
  readonly annotation: { readonly start: number; readonly end: number } | null;
}

/** By function id: the parameter without which it can't be called for a websocket. */
const requestNeed = defineQuery<RequestNeed | null>('needs a request', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return null;
  const block = blockOf(id);
  const subject = subjectOf(db, block);
  for (const [index, parameter] of node.parameters.entries()) {
    const { name, annotation, default: given, start } = parameter;
    if (annotation === undefined || given !== undefined) continue;
    const value = subject.evaluator.parameterValue(parameter, index, id);
    if (!isInstanceOf(subject.evaluator, value, REQUESTS)) continue;
    return {
      parameter: name,
      owner: id,
      at: { start, end: start + name.length, block },
      annotation: asConnection(subject, id, name, annotation),
    };
  }
  return null;
});

/** What a request and a websocket have in common. */
const SHARED =
  /^(?:url|base_url|headers|query_params|path_params|cookies|client|state|app|scope|session|auth|user|url_for)$/;

function asConnection(
  subject: Subject,
  id: string,
  name: string,
  annotation: Expression,
): RequestNeed['annotation'] {
  if (annotation.type !== 'name' && annotation.type !== 'attribute') return null;
  if (!REQUESTS.has(subject.nameOf(annotation, outerScopeOf(id)) ?? '')) return null;
  const { block, textOf } = subject;
  const isShared = socketUses(subject.db, id, name).every(({ site, kind }) => {
    if (kind === 'handed' || kind === 'kept') return false;
    const { end } = site.node;
    const member = /^\.(\w+)/.exec(textOf({ start: end, end: end + 40 }))?.[1];
    return member !== undefined && SHARED.test(member);
  });
  return isShared && block === blockOf(id)
    ? { start: annotation.start, end: annotation.end }
    : null;
}

/** What calling a dependency or a handler needs of a request; of a class, what its `__init__` does. */
export function requestNeedOf(db: Reader, id: string): RequestNeed | null {
  if (definitionOf(db, id)?.node.type !== 'class') return db.get(requestNeed, id);
  const made = [`${id}/__init__~0`, `${id}>__init__~0`].find((one) => functionOf(db, one));
  return made === undefined ? null : db.get(requestNeed, made);
}

/** FastAPI's own security schemes took a `Request` until 0.144. */
export function isScheme({ external }: Dependency): boolean {
  return /^fastapi\.security\.(?:OAuth2\w*Bearer|OAuth2|HTTP\w+|APIKey\w+|OpenIdConnect)$/.test(
    external ?? '',
  );
}
