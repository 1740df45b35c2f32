import { defineRule } from '../../engine/rule.ts';
import { keptForEver } from '../../fastapi/performance/method-caches.ts';

export const methodLruCache = defineRule({
  name: 'performance/method-lru-cache',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    keeps:
      '`@{cache}` on a method keeps every `{class}` that it is called on: `self` is part of the key. ' +
      'Cache a plain function of what it needs, or use `cached_property`.',
  },
  check: {
    function(site, { report, subject }) {
      const kept = keptForEver(subject, site);
      if (kept === undefined) return;
      report('keeps', kept.decorator, { cache: kept.name, class: kept.className });
    },
  },
});
