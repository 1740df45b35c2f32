/** Synchronous database drivers: the calls that wait for the server (or the disk), by public name. */
function names(owners: string, members: string): string[] {
  return owners
    .split(' ')
    .flatMap((owner) => members.split(' ').map((member) => `${owner}.${member}`));
}

const SESSIONS = 'sqlalchemy.orm.Session sqlmodel.Session sqlalchemy.orm.scoped_session';
const BULK = 'bulk_save_objects bulk_insert_mappings bulk_update_mappings';

/** Modules with `connect`, connections and cursors as Python's DB-API has them. */
export const DB_API_MODULES: Readonly<
  Record<string, readonly [connection: string, cursor: string]>
> = {
  psycopg2: ['psycopg2.connection', 'psycopg2.cursor'],
  psycopg: ['psycopg.Connection', 'psycopg.Cursor'],
  sqlite3: ['sqlite3.Connection', 'sqlite3.Cursor'],
  pymysql: ['pymysql.Connection', 'pymysql.Cursor'],
  MySQLdb: ['MySQLdb.Connection', 'MySQLdb.Cursor'],
  'mysql.connector': ['mysql.connector.Connection', 'mysql.connector.Cursor'],
  pyodbc: ['pyodbc.Connection', 'pyodbc.Cursor'],
  oracledb: ['oracledb.Connection', 'oracledb.Cursor'],
  duckdb: ['duckdb.Connection', 'duckdb.Cursor'],
  'snowflake.connector': ['snowflake.connector.Connection', 'snowflake.connector.Cursor'],
};

const DB_API = Object.entries(DB_API_MODULES).flatMap(([module, [connection, cursor]]) => [
  `${module}.connect`,
  ...names(connection, 'execute executemany executescript commit rollback'),
  ...names(cursor, 'execute executemany executescript copy_from copy_to copy_expert callproc'),
]);

const REDIS =
  'get set setex setnx psetex mget mset getset getdel getex append strlen delete unlink exists expire expireat pexpire ' +
  'persist ttl pttl type rename incr incrby incrbyfloat decr decrby hget hset hsetnx hmset hmget hgetall hdel hexists ' +
  'hkeys hvals hlen hincrby hincrbyfloat lpush rpush lpop rpop llen lrange lindex lrem lset ltrim blpop brpop rpoplpush ' +
  'sadd srem smembers sismember scard spop srandmember sinter sunion sdiff zadd zrem zrange zrevrange zrangebyscore ' +
  'zrevrangebyscore zscore zrank zcard zcount zincrby zremrangebyscore zremrangebyrank publish keys scan hscan sscan ' +
  'zscan ping info dbsize flushdb flushall eval evalsha xadd xread xreadgroup xack xlen xrange xgroup_create setbit ' +
  'getbit bitcount pfadd pfcount geoadd georadius execute_command';

const COLLECTION =
  'find_one find_one_and_update find_one_and_delete find_one_and_replace insert_one insert_many update_one update_many ' +
  'replace_one delete_one delete_many count_documents estimated_document_count distinct aggregate bulk_write ' +
  'create_index create_indexes drop_index drop rename';

/** Calls that send something and wait for the answer. */
const BLOCKING_DATABASE: ReadonlySet<string> = new Set([
  ...names(
    SESSIONS,
    `execute scalar scalars get get_one refresh flush commit rollback merge ${BULK}`,
  ),
  'sqlmodel.Session.exec',
  ...names('sqlalchemy.orm.Query', 'all first one one_or_none scalar count get delete update'),
  ...names('sqlalchemy.Engine', 'connect begin execute raw_connection'),
  ...names('sqlalchemy.Connection', 'execute scalar scalars exec_driver_sql commit rollback'),
  ...names('sqlalchemy.MetaData', 'create_all drop_all reflect'),
  ...DB_API,
  'psycopg2.pool.SimpleConnectionPool.getconn',
  'psycopg2.pool.ThreadedConnectionPool.getconn',
  ...names('redis.Redis redis.StrictRedis redis.client.Redis redis.cluster.RedisCluster', REDIS),
  'redis.client.Pipeline.execute',
  ...names('pymongo.collection.Collection', COLLECTION),
  ...names(
    'pymongo.database.Database',
    'command list_collection_names create_collection drop_collection',
  ),
  ...names('pymongo.MongoClient', 'server_info list_database_names list_databases drop_database'),
  'pymongo.cursor.Cursor.to_list',
  ...names(
    'peewee.Model',
    'get get_or_none get_by_id get_or_create create bulk_create bulk_update save delete_instance set_by_id ' +
      'delete_by_id create_table drop_table',
  ),
  ...names('peewee.Query', 'get get_or_none first count exists execute scalar'),
  ...names(
    'elasticsearch.Elasticsearch opensearchpy.OpenSearch',
    'search index get delete update bulk count create mget msearch exists ping scroll delete_by_query update_by_query',
  ),
  'elasticsearch.helpers.bulk',
]);

/** What sends its statement when it is iterated. */
export const LAZY_RESULTS: ReadonlySet<string> = new Set([
  'sqlalchemy.orm.Query',
  'pymongo.cursor.Cursor',
  'peewee.Query',
]);

/** Objects whose methods are named after the service's operations: any of them is a request, but for these. */
const AWS_LOCAL: ReadonlySet<string> = new Set(
  (
    'close can_paginate get_paginator get_waiter generate_presigned_url generate_presigned_post ' +
    'get_available_subresources'
  ).split(' '),
);
const AWS_CALL =
  /^(?:boto3\.Client|boto3\.Resource\.[A-Z]\w*|(?:mypy|types)_boto3_\w+\.(?:client\.)?\w+Client|botocore\.client\.BaseClient)\.([a-z]\w*)$/;

/** Requests to a server that speaks as AWS does; `list_objects` and `remove_objects` send theirs when they are gone through. */
const MINIO: ReadonlySet<string> = new Set(
  names(
    'minio.Minio',
    'make_bucket list_buckets bucket_exists remove_bucket get_bucket_policy set_bucket_policy delete_bucket_policy ' +
      'get_object fget_object put_object fput_object append_object copy_object compose_object stat_object remove_object ' +
      'get_object_tags set_object_tags select_object_content upload_snowball_objects',
  ),
);

/** Whether a public name is that of a call which sends something and waits for the answer. */
export function isBlockingDatabase(name: string): boolean {
  if (BLOCKING_DATABASE.has(name)) return true;
  return isCloudService(name);
}

/** Whether a public name is that of a request to AWS, or to a MinIO server, which speaks the same. */
export function isCloudService(name: string): boolean {
  if (MINIO.has(name)) return true;
  const operation = AWS_CALL.exec(name)?.[1];
  return operation !== undefined && !AWS_LOCAL.has(operation);
}
