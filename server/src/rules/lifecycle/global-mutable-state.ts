import { defineRule } from '../../engine/rule.ts';
import { firstMutationsIn } from '../../fastapi/lifecycle/state.ts';

export const globalMutableState = defineRule({
  name: 'lifecycle/global-mutable-state',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    changed:
      'A request changes `{name}`, which lives in the memory of one process: each worker has its own, and a restart empties it. Keep what requests change in a database, or in Redis.',
  },
  check: {
    function(site, { report, subject }) {
      for (const { at, name } of firstMutationsIn(subject, site)) report('changed', at, { name });
    },
  },
});
