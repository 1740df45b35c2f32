import { defineRule } from '../../engine/rule.ts';
import { levelOnLoop } from '../../fastapi/effects/loop.ts';
import { inputUse } from '../../fastapi/effects/terminal.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingInput = defineRule({
  name: 'async/blocking-input',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    waits:
      '`{call}` waits on the event loop for somebody to type: no other request moves until then, and a server has nobody ' +
      'at its terminal. Take the value from the request, or from settings.',
  },
  check: {
    loopCall(call, { report, subject }) {
      if (!inputUse(subject, call)) return;
      // A command has somebody at its terminal, and no requests.
      if (call.isScript || call.isCommand()) return;
      const data = { call: spelled(call.node.callee) };
      report('waits', call.node.callee, data, { level: levelOnLoop('error', call) });
    },
  },
});
