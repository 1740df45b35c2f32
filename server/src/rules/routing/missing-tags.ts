import { defineRule } from '../../engine/rule.ts';
import { servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';
import type { ServedRoute } from '../../fastapi/running/flatten.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { blockOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';

export const missingTags = defineRule({
  name: 'routing/missing-tags',
  level: 'off',
  since: '0.1.0',
  proof: true,
  messages: {
    untagged:
      '`{route}` has no tags: the documentation lists it under `default`, beside everything else that has none. Give its router `tags=[...]`.',
  },
  check: {
    application({ routes }, { report, subject }) {
      if (subject.purpose !== 'application') return;
      for (const route of routes) {
        const { isTagged, inSchema, kind, isPlain, isCustom, path } = route;
        if (isTagged || !inSchema || kind !== 'http' || isPlain || isCustom) continue;
        // The root says where the documentation is, more often than not.
        if (path === '/' || path === '') continue;
        if ([route.at, ...route.includes].some((at) => isOpen(subject, at))) continue;
        report('untagged', servedPlace(route), { route: servedLabel(route) });
      }
    },
  },
});

/** A call with `**options`, or one that is not there to be read: tags may be among what it is given. */
function isOpen({ db }: Subject, at: ServedRoute['at']): boolean {
  const call = sitesOf(db, blockOf(at.block)).calls.find(
    ({ node }) => node.start === at.start && node.end === at.end,
  );
  return call === undefined || call.node.args.some(({ star }) => star === '**');
}
