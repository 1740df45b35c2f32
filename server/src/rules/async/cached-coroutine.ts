import { defineRule } from '../../engine/rule.ts';
import {
  type CachedCoroutine,
  cachingCall,
  cachingDecorator,
  withoutCache,
} from '../../fastapi/async/cached-coroutines.ts';
import { spelled } from '../../fastapi/calls.ts';

export const cachedCoroutine = defineRule({
  name: 'async/cached-coroutine',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    coroutine:
      '`{cache}` keeps the coroutine, which can be awaited only once, and not its result: the second call with the same ' +
      'arguments raises `RuntimeError`. Cache the result, or use a cache for coroutines.',
    stream:
      '`{cache}` keeps the asynchronous generator, which can be gone through only once: the second call with the same ' +
      'arguments gets an empty one. Cache what it gives, or use no cache.',
  },
  fixes: { remove: { applicability: 'quick', title: 'Take `@{cache}` away' } },
  check: {
    function(site, { report, subject }) {
      const found = cachingDecorator(subject, site);
      if (found)
        report(found.what, found.at, dataOf(found), {
          fix: withoutCache(subject, found, 'remove'),
        });
    },
    anyCall(site, { report, subject }) {
      const found = cachingCall(subject, site);
      if (found) report(found.what, found.at, dataOf(found));
    },
  },
});

function dataOf({ cache }: CachedCoroutine) {
  return { cache: spelled(cache) };
}
