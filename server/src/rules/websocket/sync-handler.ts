import { defineRule } from '../../engine/rule.ts';
import { isBareHandler, isSocketHandler } from '../../fastapi/handlers.ts';
import { returnsIn } from '../../python/signatures.ts';

export const syncHandler = defineRule({
  name: 'websocket/sync-handler',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    sync: '`{name}` takes websocket connections and is a plain `def`: FastAPI awaits what it returns, so every connection ends with a `TypeError`. Write `async def`, and `await` what the connection does.',
  },
  fixes: { async: { applicability: 'safe', title: 'Write `async def`' } },
  check: {
    function({ id, node }, { report, subject }) {
      if (node.isAsync || !isSocketHandler(subject, id) || !isBareHandler(subject, id)) return;
      // What it returns may be a coroutine: that is awaited.
      if (returnsIn(node.body).some(({ type }) => type !== 'none')) return;
      const { name, nameStart } = node;
      const header = subject.textOf({ start: node.start, end: nameStart });
      const at = header.lastIndexOf('def');
      const start = node.start + at;
      report(
        'sync',
        { start: nameStart, end: nameStart + name.length },
        { name },
        {
          fix:
            at < 0 ? undefined : { fix: 'async', replace: [{ start, end: start, text: 'async ' }] },
        },
      );
    },
  },
});
