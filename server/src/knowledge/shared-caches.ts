/** Caches that several processes share, by public name of the call that takes a key, with where the key stands. */
const REDIS = (
  'get set setex psetex setnx getset getdel getex delete unlink exists expire pexpire expireat ttl pttl persist incr ' +
  'incrby incrbyfloat decr decrby append strlen type touch hget hset hsetnx hmset hmget hgetall hdel hexists hincrby ' +
  'hkeys hvals hlen lpush rpush lpop rpop lrange llen sadd srem smembers sismember zadd zrem zrange zscore lock'
).split(' ');
const MEMCACHED = 'get gets set add replace delete incr decr touch cas append prepend'.split(' ');
const AIOCACHE = 'get set add delete exists increment expire'.split(' ');

function methods(owners: string, names: readonly string[]): string[] {
  return owners.split(' ').flatMap((owner) => names.map((name) => `${owner}.${name}`));
}

/** The key is the first argument, or `name` or `key`. */
export const SHARED_CACHE_CALLS: ReadonlySet<string> = new Set([
  ...methods(
    'redis.Redis redis.StrictRedis redis.asyncio.Redis redis.asyncio.StrictRedis redis.client.Redis ' +
      'redis.client.Pipeline redis.asyncio.client.Pipeline redis.cluster.RedisCluster redis.asyncio.RedisCluster',
    REDIS,
  ),
  ...methods(
    'pymemcache.Client pymemcache.client.base.Client pymemcache.client.base.PooledClient ' +
      'pymemcache.client.hash.HashClient pylibmc.Client bmemcached.Client aiomcache.Client',
    MEMCACHED,
  ),
  ...methods('aiocache.RedisCache aiocache.MemcachedCache', AIOCACHE),
]);
