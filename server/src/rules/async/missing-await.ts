import { defineRule } from '../../engine/rule.ts';
import { awaitedCall, lostCoroutine } from '../../fastapi/effects/coroutines.ts';
import { spelled } from '../../syntax/spelled.ts';

export const missingAwait = defineRule({
  name: 'async/missing-await',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    dropped:
      '`{call}(...)` only makes a coroutine, and nobody awaits it: it never runs. Write `await {call}(...)`.',
    unused:
      '`{call}(...)` only makes a coroutine, and nobody awaits it: it never runs. Write `await {call}(...)`.',
    returned:
      'The path operation answers with the coroutine of `{call}(...)`, which FastAPI cannot turn into JSON: ' +
      'every request ends with status 500. Write `await {call}(...)`, in an `async def`.',
    tested:
      '`{call}(...)` gives a coroutine, which is always true, and never runs. Write `await {call}(...)`.',
    used: '`{call}(...)` gives a coroutine, not its result, and never runs. Write `await {call}(...)`.',
  },
  fixes: { await: { applicability: 'quick', title: 'Await `{call}(...)`' } },
  check: {
    anyCall(site, { report, subject }) {
      const mistake = lostCoroutine(subject, site);
      if (mistake === undefined) return;
      const data = { call: spelled(site.node.callee) };
      report(mistake, site.node, data, { fix: awaitedCall(subject, site, 'await') });
    },
  },
});
