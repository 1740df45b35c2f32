import { defineRule } from '../../engine/rule.ts';
import { introduced } from '../../fastapi/calls.ts';
import { isMoment } from '../../fastapi/effects/blocking.ts';
import { awaitedInstead, levelOnLoop } from '../../fastapi/effects/loop.ts';

export const blockingSleep = defineRule({
  name: 'async/blocking-sleep',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    sleeps:
      '{call} stops the event loop: no other request moves until it returns. Use `await asyncio.sleep(...)`.',
  },
  fixes: {
    await: { applicability: 'safe', title: 'Use `await asyncio.sleep(...)`' },
  },
  check: {
    loopCall(call, { report, subject }) {
      if (call.name !== 'time.sleep' || call.isCommand()) return;
      report(
        'sleeps',
        call.node.callee,
        { call: introduced(subject, call) },
        {
          level: isMoment(call) ? 'hint' : levelOnLoop('error', call),
          fix: awaitedInstead(subject, call, 'await', 'asyncio.sleep', { module: 'asyncio' }),
        },
      );
    },
  },
});
