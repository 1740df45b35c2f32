import { defineRule } from '../../engine/rule.ts';
import { gathered, rowsOfFetches } from '../../fastapi/async/overlap.ts';
import { spelled } from '../../syntax/spelled.ts';

export const sequentialAwaits = defineRule({
  name: 'async/sequential-awaits',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    row:
      '`{call}` needs nothing of what `{first}` gives, and waits for it all the same: the times of both requests add up. ' +
      'Let them overlap with `asyncio.gather` or an `asyncio.TaskGroup`.',
  },
  fixes: { gather: { applicability: 'quick', title: 'Await them together with `asyncio.gather`' } },
  check: {
    function(site, { report, subject }) {
      for (const row of rowsOfFetches(subject, site)) {
        const [first, second] = row;
        const data = { call: spelled(second.call.callee), first: spelled(first.call.callee) };
        report('row', second.call, data, {
          fix: gathered(subject, row, 'gather'),
          related: [{ at: first.call, message: data.first }],
        });
      }
    },
  },
});
