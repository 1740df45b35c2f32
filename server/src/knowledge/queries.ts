/** Calls that send a statement to a database and wait for it, by public name. Building a statement is not among them. */
function names(owner: string, members: string): [string, string][] {
  return members.split(' ').map((member) => [`${owner}.${member}`, member]);
}

const SESSION =
  'execute scalar scalars get get_one refresh flush commit merge stream stream_scalars';
/** What it fetches it has by then. */
const CURSOR = 'execute executemany';

/** Connections and pools, under all names that they are annotated by. */
const ASYNCPG = [
  ...['asyncpg.Connection', 'asyncpg.connection.Connection', 'asyncpg.pool.PoolConnectionProxy'],
  ...['asyncpg.Pool', 'asyncpg.pool.Pool'],
];

/** Methods whose first argument is the statement that they send. */
export const SENDERS: ReadonlySet<string> = new Set(
  (
    'execute executemany exec scalar scalars stream stream_scalars exec_driver_sql fetch fetchrow fetchval ' +
    'fetch_all fetch_one fetch_val execute_many execute_fetchall'
  ).split(' '),
);

/** Methods that change rows, whatever they are given. */
export const WRITES: ReadonlySet<string> = new Set(
  'merge update delete executemany execute_many'.split(' '),
);

/** Calls that build a statement that changes rows. */
export const BUILT_WRITES: ReadonlySet<string> = new Set(
  ['sqlalchemy', 'sqlmodel', 'sqlalchemy.dialects.postgresql', 'sqlalchemy.dialects.mysql']
    .concat('sqlalchemy.dialects.sqlite', 'sqlalchemy.sql', 'sqlalchemy.sql.expression')
    .flatMap((module) => ['insert', 'update', 'delete'].map((name) => `${module}.${name}`)),
);

/**
 * From the public name to the method's own name. `sqlite3` and `aiosqlite` are not among them: there is no server to go
 * to, and many small queries are SQLite's own way (https://www.sqlite.org/np1queryprob.html).
 */
export const QUERIES: ReadonlyMap<string, string> = new Map([
  ...names('sqlalchemy.orm.Session', SESSION),
  ...names('sqlalchemy.ext.asyncio.AsyncSession', SESSION),
  ...names('sqlmodel.Session', `exec ${SESSION}`),
  ...names('sqlmodel.ext.asyncio.session.AsyncSession', `exec ${SESSION}`),
  ...names('sqlalchemy.orm.scoped_session', SESSION),
  ...names('sqlalchemy.ext.asyncio.async_scoped_session', SESSION),
  ...names('sqlalchemy.orm.Query', 'all first one one_or_none scalar count get delete update'),
  ...names('sqlalchemy.Connection', 'execute scalar scalars exec_driver_sql'),
  ...names('sqlalchemy.ext.asyncio.AsyncConnection', 'execute scalar scalars exec_driver_sql'),
  ...ASYNCPG.flatMap((owner) => names(owner, 'execute executemany fetch fetchrow fetchval')),
  ...names('psycopg2.cursor', CURSOR),
  ...names('psycopg.Cursor', CURSOR),
  ...names('psycopg.Connection', 'execute'),
  ...names('psycopg.AsyncConnection', 'execute'),
  ...names('psycopg.AsyncCursor', CURSOR),
  ...names('pymysql.Cursor', CURSOR),
  ...names('databases.Database', 'execute execute_many fetch_all fetch_one fetch_val'),
]);
