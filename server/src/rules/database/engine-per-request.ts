import { defineRule } from '../../engine/rule.ts';
import { requestEngine } from '../../fastapi/database/request-engines.ts';

export const enginePerRequest = defineRule({
  name: 'database/engine-per-request',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    made:
      '`{maker}` makes a new pool of connections for every request, and nothing closes it: the database soon refuses more. ' +
      'Make it once, in the module or the lifespan.',
    through:
      '`{function}` makes a new pool of connections with `{maker}` for every request, and nothing closes it: the database soon ' +
      'refuses more. Make it once, in the module or the lifespan.',
  },
  check: {
    anyCall(site, { report, subject }) {
      const found = requestEngine(subject, site);
      if (found === undefined) return;
      const { maker, through } = found;
      if (through === undefined) report('made', site.node.callee, { maker });
      else report('through', site.node.callee, { maker, function: through });
    },
  },
});
