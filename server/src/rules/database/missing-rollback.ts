import { defineRule } from '../../engine/rule.ts';
import { unrolledBack } from '../../fastapi/database/rollbacks.ts';

export const missingRollback = defineRule({
  name: 'database/missing-rollback',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    caught:
      'When `{call}` fails, the handler goes on and `{session}` is unusable: whatever uses it next raises `PendingRollbackError`. ' +
      'Call `{session}.rollback()` in the handler, or use `with {session}.begin_nested()`.',
  },
  check: {
    call(call, { report, subject }) {
      const found = unrolledBack(subject, call);
      if (found === undefined) return;
      const { callee } = call.node;
      report('caught', callee, { call: subject.textOf(callee), session: found.session });
    },
  },
});
