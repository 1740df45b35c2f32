/** Whether the sessions of a project forget what they know of their objects with every commit. */
import { ASYNC_SESSIONS } from '../../knowledge/relationships.ts';
import { knownFiles } from '../../python/modules.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Call } from '../../syntax/nodes.ts';
import { allIds, blockSource, fileShape, fileText } from '../../syntax/source.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';

type Maker = 'expires' | 'keeps' | 'unknown';

const MENTION = /\b(?:AsyncSession|(?:async_)?sessionmaker|async_session_maker)\s*\(/;

/** By block id: what the asynchronous sessions that it makes do at a commit. */
const makersInBlock = defineQuery<readonly Maker[]>('session makers in block', (db, block) => {
  if (!MENTION.test(db.get(blockSource, block).text)) return [];
  const subject = subjectOf(db, block);
  return sitesOf(db, block).calls.flatMap(({ node, scope }) => makerKind(subject, node, scope));
});

const makersInFile = defineQuery<readonly Maker[]>('session makers in file', (db, path) => {
  if (!MENTION.test(db.get(fileText, path))) return [];
  const blocks = allIds(db.get(fileShape, path));
  const [first] = blocks;
  if (first === undefined || subjectOf(db, first).purpose !== 'application') return [];
  return blocks.flatMap((block) => db.get(makersInBlock, block));
});

const allExpire = defineQuery<boolean>('sessions expire', (db) => {
  const makers = [...db.get(knownFiles, '')].flatMap((path) => db.get(makersInFile, path));
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
