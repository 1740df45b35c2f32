import { defineRule } from '../../engine/rule.ts';
import { introduced } from '../../fastapi/calls.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import { BLOCKING_HTTP } from '../../knowledge/blocking.ts';

export const blockingHttp = defineRule({
  name: 'async/blocking-http',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    waits:
      '{shown} waits for the other server on the event loop: no other request moves until it answers. ' +
      'Use `httpx.AsyncClient`, or `await run_in_threadpool({call}, ...)`.',
  },
  fixes: {
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    loopCall(call, { report, subject }) {
      if (!BLOCKING_HTTP.has(call.name) || call.isCommand()) return;
      report(
        'waits',
        call.node.callee,
        { call: subject.textOf(call.node.callee), shown: introduced(subject, call) },
        { level: levelOnLoop('error', call), fix: offloaded(subject, call, 'offload') },
      );
    },
  },
});
