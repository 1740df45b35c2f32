import { defineRule } from '../../engine/rule.ts';
import { keptTask, startsLooseTask } from '../../fastapi/async/tasks.ts';
import { spelled } from '../../syntax/spelled.ts';

export const danglingTask = defineRule({
  name: 'async/dangling-task',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    loose:
      'Nothing holds the task that `{call}(...)` starts: it can be garbage-collected while it waits, and its exception ' +
      'goes unnoticed. Keep it in a set until it is done, await it, or use `BackgroundTasks` or an `asyncio.TaskGroup`.',
  },
  fixes: { keep: { applicability: 'quick', title: 'Keep the task in a set until it is done' } },
  check: {
    call(call, { report, subject }) {
      if (!startsLooseTask(subject, call)) return;
      const data = { call: spelled(call.node.callee) };
      report('loose', call.node.callee, data, { fix: keptTask(subject, call, 'keep') });
    },
  },
});
