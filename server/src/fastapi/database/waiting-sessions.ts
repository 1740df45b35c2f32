/** Sessions of a request that hold a connection while the request waits for something else. */
import { isOutgoing } from '../../knowledge/outgoing.ts';
import { QUERIES } from '../../knowledge/queries.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { spelled } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import type { Subject } from '../subject.ts';
import { type RequestSession, requestSessions } from './request-sessions.ts';
import { hasRunBefore } from './suites.ts';

export interface Waiting {
  readonly session: string;
  /** What is waited for: a call, or what is returned. */
  readonly at: Expression;
  readonly kind: 'call' | 'stream' | 'messages';
  readonly text: string;
}

const STREAMS: ReadonlySet<string> = new Set([
  'starlette.responses.StreamingResponse',
  'sse_starlette.EventSourceResponse',
  'sse_starlette.sse.EventSourceResponse',
]);
const RECEIVES = /^fastapi\.WebSocket\.(?:receive|iter)_?\w*$/;

/** The first thing that a path operation waits for while its session has a connection: taken by a query, given back by nothing. */
export function waitsWithSession(subject: Subject, functionId: string): Waiting | undefined {
  const [session, ...others] = requestSessions(subject, functionId).filter(
    ({ endsBeforeAnswer }) => !endsBeforeAnswer,
  );
  if (session === undefined || others.length > 0) return undefined;
  const sites = sitesOf(subject.db, subject.block);
  const calls = sites.calls.filter(({ scope, function: own }) => scope === functionId && own);
  const uses = calls.filter((site) => isUse(subject, site, session));
  const gives = calls.filter((site) => givesBack(site, session));
  for (const site of calls) {
    const name = nameOfCall(subject, site);
    const isCall = name !== undefined && isOutgoing(name);
    const isReceived = name !== undefined && RECEIVES.test(name) && isRepeated(site);
    if (!isCall && !isReceived) continue;
    const holder = uses.find(({ statements }) => hasRunBefore(statements, site.statements));
    if (holder === undefined) continue;
    if (gives.some(({ node }) => node.start > holder.node.start && node.start < endOf(site)))
      continue;
    const text = spelled(site.node.callee);
    const kind = isCall ? 'call' : 'messages';
    return { session: session.name, at: site.node.callee, kind, text };
  }
  for (const { node, statements, scope } of sites.returns) {
    if (scope !== functionId || node.value === undefined) continue;
    const value = subject.meaningOf(node.value, scope);
    if (!isInstanceOf(subject.evaluator, value, STREAMS)) continue;
    const isHeld = uses.some((use) => hasRunBefore(use.statements, statements));
    if (!isHeld || gives.length > 0) continue;
    const at = headOf(node.value);
    return { session: session.name, at, kind: 'stream', text: spelled(at) };
  }
  return undefined;
}

function nameOfCall(subject: Subject, { node, scope }: CallSite): string | undefined {
  return subject.nameOf(node.callee, scope);
}

/** In a loop, what follows the wait comes before it too. */
function endOf({ node, statements }: CallSite): number {
  const loop = statements.find(({ type }) => type === 'while' || type === 'for');
  return loop?.end ?? node.start;
}

function isRepeated({ statements }: CallSite): boolean {
  return statements.some(({ type }) => type === 'while' || type === 'for');
}

/** A query through the session, here or in a function that is given it. */
function isUse(subject: Subject, site: CallSite, { name }: RequestSession): boolean {
  const { callee } = site.node;
  const isIt = (one: Expression) => one.type === 'name' && one.id === name;
  return (
    callee.type === 'attribute' &&
    isIt(callee.object) &&
    QUERIES.has(nameOfCall(subject, site) ?? '') &&
    callee.name !== 'commit'
  );
}

const GIVING = /^(?:commit|rollback|a?close|invalidate)$/;

/** What is given the session may end the transaction, too. */
function givesBack({ node: { callee, args } }: CallSite, { name }: RequestSession): boolean {
  if (args.some(({ value }) => value.type === 'name' && value.id === name)) return true;
  return (
    callee.type === 'attribute' &&
    callee.object.type === 'name' &&
    callee.object.id === name &&
    GIVING.test(callee.name)
  );
}
