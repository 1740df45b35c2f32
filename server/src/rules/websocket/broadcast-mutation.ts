import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { lineIndent } from '../../fastapi/text.ts';
import { type FragileBroadcast, fragileBroadcast } from '../../fastapi/websocket/disconnects.ts';

export const broadcastMutation = defineRule({
  name: 'websocket/broadcast-mutation',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test'],
  proof: true,
  messages: {
    fragile:
      'One client that is gone ends this loop, and the others get nothing; and while it waits for `{call}`, a client that comes or goes changes `{collection}` under it. Go through a copy, and catch what one client raises.',
  },
  fixes: { copy: { applicability: 'quick', title: 'Go through a copy, and skip who is gone' } },
  check: {
    call(call, { report, subject }) {
      const found = fragileBroadcast(subject, call);
      if (found === undefined) return;
      const { loop, collection } = found;
      const { callee } = call.node;
      report(
        'fragile',
        { start: loop.iterable.start, end: loop.iterable.end },
        { call: subject.textOf(callee), collection },
        { fix: mended(subject, found) },
      );
    },
  },
});

/** Where sending is all that the loop does. */
function mended(subject: Subject, { loop }: FragileBroadcast): FixPlan<'copy'> | undefined {
  const [only, ...others] = loop.body;
  if (only?.type !== 'expression' || others.length > 0) return undefined;
  const [outer, inner] = [lineIndent(subject, loop.start), lineIndent(subject, only.start)];
  const sent = subject.textOf(only);
  if (outer === undefined || inner === undefined || sent.includes('\n')) return undefined;
  const step = inner.slice(outer.length);
  const { start, end } = loop.iterable;
  const text = `try:\n${inner}${step}${sent}\n${inner}except (RuntimeError, WebSocketDisconnect):\n${inner}${step}continue`;
  return {
    fix: 'copy',
    replace: [
      { start, end, text: `list(${subject.textOf({ start, end })})` },
      { start: only.start, end: only.end, text },
    ],
    imports: [{ module: 'fastapi', name: 'WebSocketDisconnect' }],
  };
}
