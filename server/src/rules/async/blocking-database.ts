import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import type { LoopCall } from '../../fastapi/calls.ts';
import { databaseUse, isCheapReceiver } from '../../fastapi/effects/blocking.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingDatabase = defineRule({
  name: 'async/blocking-database',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    waits:
      '`{call}` waits for the database on the event loop: no other request moves until it answers. ' +
      'Make the function a plain `def`, or use an asynchronous driver (`AsyncSession`).',
    service:
      '`{call}` waits for the service on the event loop: no other request moves until it answers. ' +
      'Make the function a plain `def`, or use `await run_in_threadpool({call}, ...)`.',
    iterates:
      'Going through `{call}(...)` sends the query and waits for the database on the event loop. ' +
      'Make the function a plain `def`, or use an asynchronous driver (`AsyncSession`).',
  },
  fixes: {
    plain: {
      applicability: 'quick',
      title: 'Make it a plain `def`: FastAPI runs it in the thread pool',
    },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    loopCall(call, { report, subject }) {
      // Who awaits it has an asynchronous twin, or async/await-non-awaitable speaks of it.
      if (call.isAwaited) return;
      const use = databaseUse(subject, call);
      if (use === undefined || call.isCommand()) return;
      report(
        use,
        call.node.callee,
        { call: spelled(call.node.callee) },
        {
          level: levelOnLoop('error', call),
          fix:
            madePlain(subject, call, 'plain') ??
            (use === 'iterates' ? undefined : inThread(subject, call)),
        },
      );
    },
  },
});

/** SQLite's connections refuse to be used by another thread than their own. */
function inThread(subject: Subject, call: LoopCall) {
  if (call.name.startsWith('sqlite3.') || call.use.kind === 'entered') return undefined;
  const receiver = isCheapReceiver(subject, call.node.callee, call.scope) ? 'cheap' : 'unknown';
  return offloaded(subject, call, 'offload', receiver);
}
