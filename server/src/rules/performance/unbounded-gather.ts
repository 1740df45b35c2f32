import { defineRule } from '../../engine/rule.ts';
import { gatherWithoutEnd } from '../../fastapi/performance/gathers.ts';
import { spelled } from '../../syntax/spelled.ts';

export const unboundedGather = defineRule({
  name: 'performance/unbounded-gather',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    request:
      '`{call}` starts everything at once, and whoever sends the request says how many items `{items}` has. ' +
      'Limit how many run together: an `asyncio.Semaphore`, or a `max_length` on what is sent.',
    query:
      '`{call}` starts everything at once, and `{items}` has as many items as the table has rows. ' +
      'Limit how many run together: an `asyncio.Semaphore`, or a `limit(...)` on the query.',
  },
  check: {
    call(call, { report, subject }) {
      const found = gatherWithoutEnd(subject, call);
      if (found === undefined) return;
      report(found.size, call.node.callee, {
        call: spelled(call.node.callee),
        items: subject.textOf(found.iterable).replace(/\s+/g, ' ').slice(0, 40),
      });
    },
  },
});
