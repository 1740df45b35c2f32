import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isBareHandler, isSocketHandler } from '../../fastapi/handlers.ts';
import { handlesDisconnects } from '../../fastapi/handling.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { type UnhandledLeave, unhandledLeave } from '../../fastapi/websocket/disconnects.ts';

export const unhandledDisconnect = defineRule({
  name: 'websocket/unhandled-disconnect',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test'],
  proof: true,
  messages: {
    held: 'When the client leaves, `{call}` raises `WebSocketDisconnect`, and nothing here takes the connection back: it stays where it was handed to. Catch `WebSocketDisconnect` around the loop, and clean up there.',
    rest: 'When the client leaves, `{call}` raises `WebSocketDisconnect`: what follows the loop never runs. Catch it around the loop, or go through the messages with `async for`.',
    nothing:
      'Each client that leaves ends in a traceback: `{call}` raises `WebSocketDisconnect`. Catch it around the loop, or go through the messages with `async for`.',
  },
  fixes: { iterate: { applicability: 'quick', title: 'Go through the messages with `async for`' } },
  check: {
    function({ id, node }, { report, subject }) {
      if (!node.isAsync || !isSocketHandler(subject, id) || !isBareHandler(subject, id)) return;
      const found = unhandledLeave(subject, id, node);
      if (found === undefined || handlesDisconnects(subject.db)) return;
      const { callee, leaves } = found;
      report(
        leaves,
        callee,
        { call: subject.textOf(callee) },
        {
          ...(leaves === 'nothing' && { level: 'info' }),
          fix: leaves === 'held' ? undefined : iterated(subject, found),
        },
      );
    },
  },
});

/** `while True:` with `text = await websocket.receive_text()` becomes `async for text in websocket.iter_text():`. */
function iterated(
  subject: Subject,
  { loop, callee }: UnhandledLeave,
): FixPlan<'iterate'> | undefined {
  const [first, ...rest] = loop.body;
  if (loop.condition.type !== 'true' || loop.orelse.length > 0 || rest.length === 0)
    return undefined;
  const [target] = first?.type === 'assign' && first.targets.length === 1 ? first.targets : [];
  const value = first?.type === 'assign' ? first.value : undefined;
  if (first === undefined || target?.type !== 'name' || value?.type !== 'await') return undefined;
  if (value.value.type !== 'call' || value.value.callee !== callee) return undefined;
  if (value.value.args.length > 0 || callee.type !== 'attribute') return undefined;
  // It asks for more than one message at a time.
  const socket = subject.textOf(callee.object);
  const body = subject.textOf({ start: first.end, end: loop.end });
  if (body.includes(`${socket}.receive`) || body.includes(`${socket}.iter`)) return undefined;
  const method = callee.name.replace('receive', 'iter');
  const text = `async for ${target.id} in ${socket}.${method}():`;
  return { fix: 'iterate', replace: [{ start: loop.start, end: first.end, text }] };
}
