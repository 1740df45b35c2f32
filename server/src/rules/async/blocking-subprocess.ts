import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import { processUse } from '../../fastapi/effects/blocking.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingSubprocess = defineRule({
  name: 'async/blocking-subprocess',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    waits:
      '`{call}` waits for the process on the event loop: no other request moves until it ends. ' +
      'Use `await asyncio.create_subprocess_exec(...)`, or `await run_in_threadpool({call}, ...)`.',
    starts:
      '`{call}` starts the process on the event loop and leaves no way to await it. ' +
      'Use `await asyncio.create_subprocess_exec(...)`.',
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
      const use = processUse(subject, call);
      if (use === undefined || call.isCommand()) return;
      const data = { call: spelled(call.node.callee) };
      if (use === 'starts') {
        report('starts', call.node.callee, data, { level: 'hint' });
        return;
      }
      const fix =
        madePlain(subject, call, 'plain') ??
        (call.use.kind === 'entered' ? undefined : offloaded(subject, call, 'offload'));
      report('waits', call.node.callee, data, {
        level: levelOnLoop('error', call),
        fix,
      });
    },
  },
});
