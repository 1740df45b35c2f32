import { defineRule } from '../../engine/rule.ts';
import { servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';
import { mayBeTagged } from '../../fastapi/running/tags.ts';

export const missingTags = defineRule({
  name: 'routing/missing-tags',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    untagged:
      '`{route}` has no tags: the documentation lists it under `default`, beside everything else that has none. Give its router `tags=[...]`.',
  },
  check: {
    application({ routes, isUndocumented }, { report, subject }) {
      if (isUndocumented) return;
      for (const route of routes) {
        const { isTagged, inSchema, kind, isPlain, isCustom, path } = route;
        if (isTagged || !inSchema || kind !== 'http' || isPlain || isCustom) continue;
        // The root says where the documentation is, more often than not.
        if (path === '/' || path === '') continue;
        if ([route.at, ...route.includes].some((at) => mayBeTagged(subject.db, at))) continue;
        report('untagged', servedPlace(route), { route: servedLabel(route) });
      }
    },
  },
});
