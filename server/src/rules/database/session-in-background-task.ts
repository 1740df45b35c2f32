import { defineRule } from '../../engine/rule.ts';
import { sessionForTask } from '../../fastapi/database/request-sessions.ts';
import { isPinnedBelow, versionOf } from '../../fastapi/versions.ts';

export const sessionInBackgroundTask = defineRule({
  name: 'database/session-in-background-task',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    function:
      '`{name}` is closed before the background task runs, because of `scope="function"`: the task opens it again, and nobody gives ' +
      'its connection back to the pool. Open a session in the task.',
    version:
      '`{name}` is closed before the background task runs, as FastAPI {version} does: the task opens it again, and nobody gives its ' +
      'connection back to the pool. Open a session in the task.',
  },
  check: {
    call(call, { report, subject }) {
      const session = sessionForTask(subject, call);
      if (session === undefined) return;
      const { db, path } = subject;
      const { name } = session;
      const handed = call.node.args.find(({ value }) => value.type === 'name' && value.id === name);
      const at = handed?.value ?? call.node.callee;
      const version = versionOf(db, path, 'fastapi');
      // Before 0.106 and since 0.118, a dependency is closed when the background tasks are done.
      const isOld =
        isPinnedBelow(db, path, 'fastapi', '0.118.0') &&
        !isPinnedBelow(db, path, 'fastapi', '0.106.0');
      if (isOld && version !== undefined) report('version', at, { name, version });
      else if (session.endsBeforeAnswer) report('function', at, { name });
    },
  },
});
