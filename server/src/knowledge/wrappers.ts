/** Decorators of other packages that give back another function, which keeps the signature of the one it is given. */
export const WRAPPERS: ReadonlySet<string> = new Set([
  'aiocache.cached',
  'backoff.on_exception',
  'backoff.on_predicate',
  'cachetools.cached',
  'circuitbreaker.circuit',
  'fastapi_cache.decorator.cache',
  'functools.cache',
  'functools.lru_cache',
  'tenacity.retry',
]);

/** Decorators that keep what a function gives, whatever it is: of an `async def` a coroutine, which can be awaited once. */
export const RESULT_CACHES: ReadonlySet<string> = new Set([
  'functools.cache',
  'functools.lru_cache',
  'cachetools.cached',
  'cachetools.cachedmethod',
  'cachetools.func.fifo_cache',
  'cachetools.func.lfu_cache',
  'cachetools.func.lru_cache',
  'cachetools.func.rr_cache',
  'cachetools.func.ttl_cache',
]);
