import { defineRule } from '../../engine/rule.ts';
import { spelled } from '../../fastapi/calls.ts';
import { calledTask, lostTasks, takenFromFastApi } from '../../fastapi/lifecycle/background.ts';

export const backgroundTaskLost = defineRule({
  name: 'lifecycle/background-task-lost',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    lost: 'Nobody is given `{name}`, so its tasks never run. Take `{name}: BackgroundTasks` as a parameter of the path operation: FastAPI runs those after the answer.',
    called:
      '`{call}(...)` runs here, before the answer, and `add_task` is given what it returns. Hand over the function, and then its arguments: `add_task({call}, ...)`.',
    made: '`{call}(...)` only makes a coroutine, and `add_task` wants a function: the task never runs. Hand over the function, and then its arguments: `add_task({call}, ...)`.',
  },
  fixes: {
    take: { applicability: 'quick', title: 'Take `{name}` as a parameter' },
    hand: { applicability: 'quick', title: 'Hand over `{call}` and its arguments' },
  },
  check: {
    call(call, { report, subject }) {
      const name = lostTasks(subject, call);
      if (name !== undefined) {
        const replace = takenFromFastApi(subject, call, name);
        report('lost', call.node, { name }, { fix: replace && { fix: 'take', replace } });
      }
      const task = calledTask(subject, call);
      if (task === undefined) return;
      const { inner, result, edits } = task;
      const isMade = result.kind === 'coroutine' || result.kind === 'generator';
      report(
        isMade ? 'made' : 'called',
        inner,
        { call: spelled(inner.callee) },
        { fix: edits.length > 0 ? { fix: 'hand', replace: edits } : undefined },
      );
    },
  },
});
