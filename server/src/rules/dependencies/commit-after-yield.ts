import { defineRule } from '../../engine/rule.ts';
import { isWriting } from '../../fastapi/dependencies/methods.ts';
import { dependencyName, eachDependency, lifetimeOf } from '../../fastapi/running/trees.ts';
import { subjectOf } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import { commitsAfterYield } from '../../fastapi/yields.ts';
import { blockOf, pathOf } from '../../python/definitions.ts';

export const commitAfterYield = defineRule({
  name: 'dependencies/commit-after-yield',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    late: '`{call}` after the `yield` runs when the client already has its answer: if it fails, nobody is told. Commit in the path operation, or depend on `{name}` with `scope="function"`.',
    below:
      '`{call}` after the `yield` runs when the client already has its answer: if it fails, nobody is told. Commit in the path operation.',
  },
  check: {
    application({ routes }, { report, subject: { db } }) {
      const seen = new Set<string>();
      for (const route of routes.filter(isWriting)) {
        eachDependency(route.needs.dependencies, (dependency) => {
          const { target } = dependency;
          if (target === null || seen.has(target) || lifetimeOf(db, dependency) !== 'request')
            return;
          seen.add(target);
          const isBelow = (version: string) =>
            isPinnedBelow(db, pathOf(target), 'fastapi', version);
          // From 0.106 to 0.117, what follows the `yield` ran before the answer was sent.
          if (isBelow('0.118.0') && !isBelow('0.106.0')) return;
          const block = blockOf(target);
          for (const at of commitsAfterYield(subjectOf(db, block), target)) {
            const call = subjectOf(db, block).textOf(at);
            const place = { ...at, block };
            // The scope came with 0.121.
            if (isBelow('0.121.0')) report('below', place, { call });
            else report('late', place, { call, name: dependencyName(target) });
          }
        });
      }
    },
  },
});
