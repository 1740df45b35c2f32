import { defineRule, type Place } from '../../engine/rule.ts';
import { handledBy, handlesUnknownPaths } from '../../fastapi/handling.ts';

export const handlerWrongException = defineRule({
  name: 'response/handler-wrong-exception',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    subclass:
      'This handler never sees the 404 of an unknown path or the 405 of a wrong method: those are Starlette’s `HTTPException`, of which FastAPI’s is a subclass. Register it for `starlette.exceptions.HTTPException`.',
  },
  fixes: {
    starlette: {
      applicability: 'quick',
      title: 'Register it for `starlette.exceptions.HTTPException`',
    },
  },
  check: {
    anyCall({ node, scope }, { report, subject }) {
      for (const handled of handledBy(node)) {
        if (handled === undefined || handled.type === 'number') continue;
        if (subject.nameOf(handled, scope) !== 'fastapi.HTTPException') continue;
        if (handlesUnknownPaths(subject.db)) return;
        report('subclass', node, {}, { fix: { fix: 'starlette', ...forStarlette(handled) } });
      }
    },
  },
});

function forStarlette({ start, end }: Place) {
  return {
    replace: [{ start, end, text: 'starlette.exceptions.HTTPException' }],
    imports: [{ module: 'starlette.exceptions' }],
  };
}
