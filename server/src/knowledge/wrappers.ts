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
