import { defineRule } from '../../engine/rule.ts';
import { waitsWithSession } from '../../fastapi/database/waiting-sessions.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

export const sessionHeldWhileWaiting = defineRule({
  name: 'database/session-held-while-waiting',
  level: 'info',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    call:
      '`{session}` keeps its connection while `{text}` waits for another server: a slow answer there empties the pool here. ' +
      'Commit or close the session first, or ask the database afterwards.',
    stream:
      '`{session}` keeps its connection until the last byte of the `{text}` is sent: a slow client empties the pool. ' +
      'Close the session before, or depend on it with `scope="function"`.',
    messages:
      '`{session}` keeps its connection while `{text}` waits for the client: each open websocket takes one from the pool. ' +
      'Open a session for each message.',
  },
  check: {
    route({ handlerId, kind }, { report, subject }) {
      // Until 0.117, a session was closed before the answer was sent.
      const isOld = isPinnedBelow(subject.db, subject.path, 'fastapi', '0.118.0');
      const waiting = waitsWithSession(subject, handlerId);
      if (waiting === undefined || (waiting.kind === 'stream' && isOld)) return;
      if (waiting.kind === 'messages' && kind !== 'websocket') return;
      const { session, text, at } = waiting;
      report(waiting.kind, at, { session, text });
    },
  },
});
