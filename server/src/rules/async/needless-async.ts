import { defineRule } from '../../engine/rule.ts';
import { busyOnLoop } from '../../fastapi/async/needless.ts';
import { spelled } from '../../syntax/spelled.ts';

export const needlessAsync = defineRule({
  name: 'async/needless-async',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    busy:
      '`{function}` awaits nothing, and while `{call}` goes through one thing for each item of another no other request moves. ' +
      'As a plain `def`, FastAPI runs it in the thread pool.',
  },
  fixes: {
    plain: {
      applicability: 'quick',
      title: 'Make it a plain `def`: FastAPI runs it in the thread pool',
    },
  },
  check: {
    route(route, { report, subject }) {
      // Of several decorators one is enough.
      if (route.decorator !== route.handler.decorators[0]) return;
      const found = busyOnLoop(subject, route);
      if (found === undefined) return;
      const data = { function: route.handler.name, call: spelled(found.call.callee) };
      report('busy', nameOf(route.handler), data, {
        fix: found.fix,
        related: [{ at: found.call.callee, message: data.call }],
      });
    },
  },
});

function nameOf({ name, nameStart }: { readonly name: string; readonly nameStart: number }) {
  return { start: nameStart, end: nameStart + name.length };
}
