import { defineRule } from '../../engine/rule.ts';
import { globalSession as opensGlobally } from '../../fastapi/database/global-sessions.ts';

export const globalSession = defineRule({
  name: 'database/global-session',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    shared:
      "All requests share the session `{name}`: they see and commit each other's changes, and an error in one breaks the others " +
      'until somebody rolls back. Open one for each request, in a dependency with `yield`.',
  },
  check: {
    anyCall(site, { report, subject }) {
      const name = opensGlobally(subject, site);
      if (name !== undefined) report('shared', site.node.callee, { name });
    },
  },
});
