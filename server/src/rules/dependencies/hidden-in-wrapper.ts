import { defineRule } from '../../engine/rule.ts';
import { hiddenParameters } from '../../fastapi/dependencies/hidden-parameters.ts';
import { nameOf } from '../../python/definitions.ts';

export const hiddenInWrapper = defineRule({
  name: 'dependencies/hidden-in-wrapper',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    hidden:
      'FastAPI never sees `{parameter}`: under `functools.wraps` it reads the signature of `{handler}`, which this wrapper wraps. What runs before a route is a dependency: `dependencies=[Depends(...)]`.',
  },
  check: {
    application({ routes }, { report, subject: { db } }) {
      const seen = new Set<string>();
      for (const { handler } of routes) {
        if (handler === null) continue;
        for (const { wrapper, block, parameter } of db.get(hiddenParameters, handler)) {
          const { name: own, start } = parameter;
          if (seen.has(`${wrapper} ${own}`)) continue;
          seen.add(`${wrapper} ${own}`);
          const at = { start, end: start + own.length, block };
          report('hidden', at, { parameter: own, handler: nameOf(handler) });
        }
      }
    },
  },
});
