/** Whether the sessions of a project forget what they know of their objects with every commit. */
import { ASYNC_SESSIONS } from '../../knowledge/relationships.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { Call } from '../../syntax/nodes.ts';
import { everywhere } from '../everywhere.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';

type Maker = 'expires' | 'keeps' | 'unknown';

const MAKING = defineGlance(/\b(?:AsyncSession|(?:async_)?sessionmaker|async_session_maker)\s*\(/, [
  'AsyncSession',
  'sessionmaker',
  'async_session_maker',
]);

/** By block id: what the asynchronous sessions that it makes do at a commit. */
const makersInBlock = defineQuery<readonly Maker[]>('session makers in block', (db, block) => {
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return [];
  return sitesOf(db, block).calls.flatMap(({ node, scope }) => makerKind(subject, node, scope));
});

const allExpire = defineQuery<boolean>('sessions expire', (db) => {
  const makers = everywhere(db, MAKING, makersInBlock);
  return makers.length > 0 && makers.every((maker) => maker === 'expires');
});

/** The project makes asynchronous sessions, and each of them expires its objects at a commit, as is their default. */
export function sessionsExpire(db: Reader): boolean {
  return db.get(allExpire, '');
}

function makerKind(subject: Subject, call: Call, scope: string): readonly Maker[] {
  const name = subject.nameOf(call.callee, scope) ?? '';
  const isMaker = name === 'sqlalchemy.ext.asyncio.async_sessionmaker';
  const made = argumentOf(call, 'class_');
  const isLegacy = name === 'sqlalchemy.orm.sessionmaker' && made !== undefined;
  if (!isMaker && !isLegacy && !ASYNC_SESSIONS.has(name)) {
    // A class of the project's own may say anything.
    const value = subject.meaningOf(call.callee, scope);
    if (value?.kind !== 'class' || value.class.kind !== 'project') return [];
    const isSession = subject.evaluator
      .lineage(value.class)
      .some((one) => one.kind === 'external' && ASYNC_SESSIONS.has(one.name));
    return isSession ? ['unknown'] : [];
  }
  const madeName = made && subject.nameOf(made, scope);
  if (made !== undefined && (madeName === undefined || !ASYNC_SESSIONS.has(madeName)))
    return isMaker ? ['unknown'] : [];
  if (call.args.some(({ star }) => star !== undefined)) return ['unknown'];
  const given = argumentOf(call, 'expire_on_commit');
  if (given === undefined || given.type === 'true') return ['expires'];
  return [given.type === 'false' ? 'keeps' : 'unknown'];
}
