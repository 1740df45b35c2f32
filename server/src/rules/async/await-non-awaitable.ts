import { defineRule } from '../../engine/rule.ts';
import { vainAwait, withoutAwait } from '../../fastapi/async/awaited-in-vain.ts';
import { spelled } from '../../fastapi/calls.ts';

export const awaitNonAwaitable = defineRule({
  name: 'async/await-non-awaitable',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    value:
      '`{call}(...)` gives nothing that can be awaited: it runs, and then the `await` raises `TypeError`. Take the `await` away.',
    stream:
      '`{call}(...)` makes an asynchronous generator, and the `await` of one raises `TypeError`. Go through it with `async for`.',
    session:
      '`{call}` belongs to a synchronous session: it runs, and then the `await` raises `TypeError`. ' +
      'Use an `AsyncSession`, or take the `await` away in a plain `def`.',
  },
  fixes: { remove: { applicability: 'safe', title: 'Take the `await` away' } },
  check: {
    anyCall(site, { report, subject }) {
      const vain = vainAwait(subject, site);
      if (vain === undefined) return;
      const data = { call: spelled(site.node.callee) };
      report(vain.what, site.node, data, { fix: withoutAwait(subject, site, vain, 'remove') });
    },
  },
});
