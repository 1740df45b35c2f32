/** Calls that make an engine of SQLAlchemy. */
export const ENGINE_MAKERS: ReadonlySet<string> = new Set([
  'sqlalchemy.create_engine',
  'sqlalchemy.engine.create_engine',
  'sqlmodel.create_engine',
  'sqlalchemy.ext.asyncio.create_async_engine',
  'sqlalchemy.ext.asyncio.async_engine_from_config',
  'sqlalchemy.engine_from_config',
  'sqlalchemy.engine.engine_from_config',
]);

/** Calls that make a pool of connections, which is to live as long as the application. */
export const POOL_MAKERS: ReadonlySet<string> = new Set([
  ...ENGINE_MAKERS,
  'asyncpg.create_pool',
  'psycopg_pool.ConnectionPool',
  'psycopg_pool.AsyncConnectionPool',
  'psycopg2.pool.SimpleConnectionPool',
  'psycopg2.pool.ThreadedConnectionPool',
  'aiomysql.create_pool',
  'pymongo.MongoClient',
  'pymongo.mongo_client.MongoClient',
  'pymongo.AsyncMongoClient',
  'motor.motor_asyncio.AsyncIOMotorClient',
]);

/** Keywords that say there is to be no pool. */
export const NO_POOL = /(?:^|\.)NullPool$/;
