/** Projects whose only database is a file: SQLite runs in the process, and no query goes to a server. */
import { ENGINE_MAKERS } from '../../knowledge/engines.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { writtenValue } from '../constants.ts';
import { everywhere } from '../everywhere.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { urlText } from './database-urls.ts';

const MAKING = defineGlance(/\b(?:create_(?:async_)?engine|(?:async_)?engine_from_config)\b/, [
  'create_engine',
  'create_async_engine',
  'engine_from_config',
]);

/** By block id: of each engine that it makes, whether its URL says SQLite, whatever the environment holds. */
const enginesIn = defineQuery<readonly boolean[]>('engines in', (db, block) => {
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return [];
  return sitesOf(db, block).calls.flatMap(({ node, scope }) => {
    if (!ENGINE_MAKERS.has(subject.nameOf(node.callee, scope) ?? '')) return [];
    const given = givenUrl(subject, node, scope);
    const url = given && urlText(subject, given, scope);
    return url !== undefined && !url.isFallback && /^sqlite\b/.test(url.start);
  });
});

/** `create_engine(url)`, `create_engine(url=...)`, or the `"url"` of a dict: `create_engine(**options)`. */
function givenUrl(subject: Subject, node: Call, scope: string): Expression | undefined {
  const [first] = node.args;
  const given = argumentOf(node, 'url');
  if (given !== undefined || first?.star === undefined) return given ?? first?.value;
  const options = writtenValue(subject, first.value, scope)?.expression;
  const entries = options?.type === 'dict' ? options.entries : [];
  return entries.find(({ key }) => key?.type === 'string' && key.value === 'url')?.value;
}

const onlySqlite = defineQuery<boolean>('only sqlite', (db) => {
  const engines = everywhere(db, MAKING, enginesIn);
  return engines.length > 0 && engines.every((isSqlite) => isSqlite);
});

/** Whether what a query is sent by, by its public name, works on a file: SQLAlchemy, in a project without any other engine. */
export function isSentToFile({ db }: Pick<Subject, 'db'>, name: string): boolean {
  return /^(?:sqlalchemy|sqlmodel)\./.test(name) && db.get(onlySqlite, '');
}
