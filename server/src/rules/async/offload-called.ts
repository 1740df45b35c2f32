import { defineRule } from '../../engine/rule.ts';
import { misusedOffload } from '../../fastapi/async/misused-offload.ts';
import { spelled } from '../../syntax/spelled.ts';

export const offloadCalled = defineRule({
  name: 'async/offload-called',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    called:
      '`{inner}(...)` is called at once, on this thread, and `{call}` is given its result, which it cannot call. ' +
      'Hand over the function and its arguments: `{call}({handed})`.',
    made:
      '`{inner}(...)` makes a coroutine, and `{call}` cannot call a coroutine: this always fails. ' +
      'An `async def` needs no thread: write `await {inner}(...)`.',
    coroutine:
      '`{inner}` is an `async def`: in the thread of `{call}` it only makes a coroutine, which never runs. ' +
      'An `async def` needs no thread: write `await {inner}(...)`.',
  },
  fixes: {
    hand: { applicability: 'safe', title: 'Hand over `{inner}` in place of its result' },
    await: { applicability: 'safe', title: 'Await `{inner}(...)`' },
  },
  check: {
    anyCall(site, { report, subject }) {
      const found = misusedOffload(subject, site, spelled);
      if (found === undefined) return;
      const { mistake, inner, handed, certainty, fix } = found;
      const data = { call: spelled(site.node.callee), inner: spelled(inner), handed };
      report(mistake, site.node, data, { level: certainty === 'seen' ? 'error' : 'hint', fix });
    },
  },
});
