/** Objects of an `AsyncSession` that are read after the session has forgotten what it knew of them. */
import { ASYNC_SESSIONS, FETCHES } from '../../knowledge/relationships.ts';
import { functionScope } from '../../python/bindings.ts';
import { blockOf } from '../../python/definitions.ts';
import { type CallSite, type Place, sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, Name, Span, Statement } from '../../syntax/nodes.ts';
import { namesIn } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import { isInstanceOf, isOrmClass } from '../classes.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { sessionsExpire } from './expiring-sessions.ts';
import { fetchOf } from './fetches.ts';
import { isMappedAttribute } from './sql-expressions.ts';
import { hasRunBefore } from './suites.ts';

export interface Expired {
  /** `db.commit()`, or the `db.begin()` of a block. */
  readonly ended: CallSite;
  readonly kind: 'commit' | 'rollback' | 'begin';
  /** How the session is spelled. */
  readonly session: string;
  /** The statement after which it is expired. */
  readonly statement: Statement;
}

/** What expired the object that a name stands for, when nothing has loaded it again before a place. */
export function expiredAt(
  subject: Subject,
  { node, scope, statements }: Pick<Place, 'scope' | 'statements'> & { readonly node: Name },
): Expired | undefined {
  if (!subject.db.get(endsTransactions, scope).some((end) => end <= node.start)) return undefined;
  const value = subject.meaningOf(node, scope);
  if (value?.kind !== 'instance' || !isOrmClass(subject.evaluator, value.class)) return undefined;
  const calls = sitesOf(subject.db, subject.block).calls.filter(
    (site) => site.scope === scope && site.function !== undefined,
  );
  const ends = calls.flatMap((site) => endOf(subject, site) ?? []);
  const last = ends
    .filter(({ statement }) => statement.end <= node.start)
    .sort((one, other) => other.statement.end - one.statement.end)
    .find((end) => hasRunBefore(wayTo(end), statements));
  if (last === undefined || (last.kind !== 'rollback' && !sessionsExpire(subject.db)))
    return undefined;
  if (!isHeld(subject, node, scope, last, calls)) return undefined;
  const isRenewed = calls.some(
    (site) => isBetween(site.node, last.statement, node) && renews(subject, site, node.id),
  );
  return isRenewed || isGone(subject, calls, node.id, scope) ? undefined : last;
}

/** By function id: where the statements end that end a transaction. Most functions have none, and are looked at no further. */
const endsTransactions = defineQuery<readonly number[]>('ends of transactions', (db, id) => {
  const block = blockOf(id);
  if (!ENDING.test(db.get(blockSource, block).text)) return [];
  const subject = subjectOf(db, block);
  return sitesOf(db, block).calls.flatMap((site) =>
    site.scope === id && site.function ? (endOf(subject, site)?.statement.end ?? []) : [],
  );
});

const ENDING = /\.(?:commit|rollback|begin)\s*\(/;

/** Whether an attribute of an expired object would be loaded again. */
export function isExpiring(
  subject: Subject,
  node: Name,
  attribute: string,
  scope: string,
): boolean {
  const value = subject.meaningOf(node, scope);
  return (
    value?.kind === 'instance' &&
    value.class.kind === 'project' &&
    isMappedAttribute(subject, value.class, attribute)
  );
}

function wayTo({ ended, statement }: Expired): readonly Statement[] {
  return ended.statements.slice(0, ended.statements.indexOf(statement) + 1);
}

function endOf(subject: Subject, site: CallSite): Expired | undefined {
  const { callee } = site.node;
  const statement = site.statements.at(-1);
  if (callee.type !== 'attribute' || statement === undefined) return undefined;
  const kind = callee.name;
  if (kind !== 'commit' && kind !== 'rollback' && kind !== 'begin') return undefined;
  const session = subject.meaningOf(callee.object, site.scope);
  if (!isInstanceOf(subject.evaluator, session, ASYNC_SESSIONS)) return undefined;
  const isWhole =
    kind === 'begin'
      ? statement.type === 'with' && site.use.kind === 'entered'
      : statement.type === 'expression' && site.isAwaited;
  return isWhole
    ? { ended: site, kind, session: subject.textOf(callee.object), statement }
    : undefined;
}

/** The session knows the object: it was fetched through it, or made and added, and not bound to anything else. */
function isHeld(
  subject: Subject,
  { id }: Name,
  scope: string,
  { session, statement, kind }: Expired,
  calls: readonly CallSite[],
): boolean {
  const [binding, ...others] = subject.db.get(functionScope, scope).names[id] ?? [];
  if (binding?.kind !== 'value' || others.length > 0 || binding.unpack) return false;
  const { value } = binding;
  if (value === undefined || value.end > statement.end) return false;
  const isSession = (one: Expression) => subject.textOf(one) === session;
  const before = calls.filter(({ node }) => node.start < statement.end);
  // Committed in between: a rollback may then have nothing to undo, and expire nothing.
  const isSettled = before.some(
    ({ node, statements }) =>
      node.start > value.end &&
      node.callee.type === 'attribute' &&
      node.callee.name === 'commit' &&
      !statements.some((one) => one.type === 'try' && one.end >= statement.end),
  );
  if (kind === 'rollback' && isSettled) return false;
  if (value.type === 'call' && subject.meaningOf(value.callee, scope)?.kind === 'class')
    return kind !== 'rollback' && before.some((call) => adds(call, id, isSession));
  const fetch = fetchOf(subject, value, scope);
  if (!fetch?.isAsync) return false;
  if (fetch.origin.block !== blockOf(scope))
    return [...ownExpressions(value)].some(
      (part) => part.type === 'call' && part.args.some((one) => isSession(one.value)),
    );
  return before.some(
    ({ node }) =>
      node.callee.type === 'attribute' &&
      isSession(node.callee.object) &&
      FETCHES.has(subject.nameOf(node.callee, scope) ?? ''),
  );
}

function adds({ node }: CallSite, name: string, isSession: (one: Expression) => boolean): boolean {
  const { callee, args } = node;
  if (callee.type !== 'attribute' || !/^add(?:_all)?$/.test(callee.name)) return false;
  return isSession(callee.object) && args.some(({ value }) => namesIn(value).includes(name));
}

const KEEPS = /^(?:commit|rollback|flush|a?close)$/;

/** Whatever is awaited may load it again, but for what ends a transaction. */
function renews(subject: Subject, { node, isAwaited, scope }: CallSite, name: string): boolean {
  const { callee, args } = node;
  if (!isAwaited) return callee.type === 'attribute' && callee.name === 'run_sync';
  if (callee.type !== 'attribute' || !KEEPS.test(callee.name)) return true;
  const owner = subject.meaningOf(callee.object, scope);
  if (!isInstanceOf(subject.evaluator, owner, ASYNC_SESSIONS)) return true;
  return args.some(({ value }) => namesIn(value).includes(name));
}

/** It is taken out of the session somewhere, or deleted: then it keeps what it knows. */
function isGone(
  subject: Subject,
  calls: readonly CallSite[],
  name: string,
  scope: string,
): boolean {
  return calls.some(({ node: { callee, args } }) => {
    if (callee.type === 'name') return /make_transient/.test(subject.nameOf(callee, scope) ?? '');
    if (callee.type !== 'attribute') return false;
    if (callee.name === 'expunge_all') return true;
    const isTaken = callee.name === 'expunge' || callee.name === 'delete';
    return isTaken && args.some(({ value }) => namesIn(value).includes(name));
  });
}

function isBetween(inner: Span, before: Span, after: Span): boolean {
  return before.end <= inner.start && inner.end <= after.start;
}
