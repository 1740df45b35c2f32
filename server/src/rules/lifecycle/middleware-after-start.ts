import { defineRule } from '../../engine/rule.ts';
import { lateMiddleware } from '../../fastapi/middleware.ts';

export const middlewareAfterStart = defineRule({
  name: 'lifecycle/middleware-after-start',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    startup:
      '`{call}` runs while the application starts: its middleware is fixed by then, and it stops with a `RuntimeError`. Add it where the application is made.',
    request:
      '`{call}` runs while the application answers: its middleware is fixed by then, and the request ends with a `RuntimeError`. Add it where the application is made.',
  },
  check: {
    anyCall(call, { report, subject }) {
      const late = lateMiddleware(subject, call);
      const { callee } = call.node;
      if (late !== undefined) report(late, callee, { call: subject.textOf(callee) });
    },
  },
});
