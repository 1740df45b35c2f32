import { defineRule } from '../../engine/rule.ts';
import { madeAsync } from '../../fastapi/async/async-locks.ts';
import { heldLocks, waitsForOthers } from '../../fastapi/effects/locks.ts';
import { offloaded } from '../../fastapi/effects/loop.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingLock = defineRule({
  name: 'async/blocking-lock',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    waits:
      '`{call}` waits for another thread on the event loop: no other request moves until then. ' +
      'Use the twin in `asyncio`, or `await run_in_threadpool({call}, ...)`.',
    held:
      '`{lock}` is a lock of threads: while another thread holds it, no other request moves. ' +
      'Where only `async def`s take it, use `asyncio.Lock` and `async with`.',
    awaited:
      'An `await` happens while `{lock}` is held, which is a lock of threads: the next task that wants it stops the event ' +
      'loop for good. Use `asyncio.Lock` and `async with`.',
    reentrant:
      'An `await` happens while `{lock}` is held, and every task of the event loop is the thread that may take it again: it ' +
      'keeps no other request out, only other threads. Use `asyncio.Lock` and `async with`.',
  },
  fixes: {
    asynchronous: { applicability: 'quick', title: 'Make it an `asyncio.Lock`' },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    loopCall(call, { report, subject }) {
      if (!waitsForOthers(subject, call)) return;
      if (call.isCommand()) return;
      const data = { call: spelled(call.node.callee) };
      report('waits', call.node.callee, data, { fix: offloaded(subject, call, 'offload') });
    },
    function(site, { report, subject }) {
      if (!site.node.isAsync) return;
      for (const { at, awaited, isReentrant } of heldLocks(subject, site)) {
        const data = { lock: spelled(at) };
        if (awaited === undefined) report('held', at, data);
        else
          report(isReentrant ? 'reentrant' : 'awaited', at, data, {
            level: 'error',
            fix: isReentrant ? undefined : madeAsync(subject, at, 'asynchronous'),
            related: [{ at: awaited, message: 'await' }],
          });
      }
    },
  },
});
