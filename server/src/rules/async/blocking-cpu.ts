import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import { heavyWork } from '../../fastapi/effects/blocking.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import { loadedPerRequest } from '../../fastapi/effects/per-request.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingCpu = defineRule({
  name: 'async/blocking-cpu',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    hashing:
      '`{call}` is slow on purpose (tens to hundreds of milliseconds), and no other request moves meanwhile. ' +
      'Use `await run_in_threadpool({call}, ...)`.',
    loading:
      '`{call}` loads on the event loop, and no other request moves until it is done. ' +
      'Load once, in the lifespan, or use `await run_in_threadpool({call}, ...)`.',
    inference:
      '`{call}` computes on the event loop: no other request moves until the model has answered. ' +
      'Use `await run_in_threadpool({call}, ...)`, or a process of its own.',
    decoding:
      '`{call}` decodes and computes on the event loop: no other request moves meanwhile. ' +
      'Use `await run_in_threadpool({call}, ...)`.',
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
      const work = heavyWork(subject, call);
      if (work === undefined) return;
      // Start-up is the very place to load a model; a command holds up itself.
      if (call.isStartup() || call.isCommand()) return;
      // Loaded once it would hold nobody up: performance/model-loaded-per-request says that.
      if (work === 'loading' && loadedPerRequest(subject, call) !== undefined) return;
      report(
        work,
        call.node.callee,
        { call: spelled(call.node.callee) },
        {
          level: levelOnLoop('warning', call),
          fix: madePlain(subject, call, 'plain') ?? offloaded(subject, call, 'offload'),
        },
      );
    },
  },
});
