import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import { fileUse, isCheapReceiver } from '../../fastapi/effects/blocking.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import { openedAsync, readFromUpload } from '../../fastapi/files.ts';
import { isAnsweredWhole } from '../../fastapi/whole-files.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingFileIo = defineRule({
  name: 'async/blocking-file-io',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    opens:
      '`{call}` works with the file on the event loop: other requests wait for the disk. ' +
      'Use `await anyio.open_file(...)`, or do all of it in a function for `run_in_threadpool`.',
    whole:
      '`{call}` works with the disk on the event loop: no other request moves until it is done. ' +
      'Use `await run_in_threadpool({call}, ...)`.',
    upload:
      '`{call}` reads past `UploadFile`, on the event loop: a large upload lies on the disk. ' +
      'Await the method of `UploadFile` itself, which uses the thread pool.',
  },
  fixes: {
    plain: {
      applicability: 'quick',
      title: 'Make it a plain `def`: FastAPI runs it in the thread pool',
    },
    open: { applicability: 'quick', title: 'Use `await anyio.open_file(...)`' },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
    upload: { applicability: 'quick', title: 'Await the method of `UploadFile`' },
  },
  check: {
    loopCall(call, { report, subject }) {
      const use = fileUse(subject, call);
      if (use === undefined) return;
      // What opens files once, before the first request, holds nobody up; a command holds up itself.
      if (call.isStartup() || call.isCommand()) return;
      // That it lies in memory as a whole is the greater part of it: performance/file-into-memory says both.
      if (isAnsweredWhole(subject, call)) return;
      const mended = {
        opens: () => openedAsync(subject, call, 'open'),
        whole: () => offloaded(subject, call, 'offload', cheapness()),
        upload: () => readFromUpload(subject, call, 'upload'),
      };
      const cheapness = () =>
        isCheapReceiver(subject, call.node.callee, call.scope) ? 'cheap' : 'unknown';
      report(
        use,
        call.node.callee,
        { call: spelled(call.node.callee) },
        {
          level: levelOnLoop('warning', call),
          fix: madePlain(subject, call, 'plain') ?? mended[use](),
        },
      );
    },
  },
});
