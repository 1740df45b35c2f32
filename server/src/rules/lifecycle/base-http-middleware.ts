import { defineRule } from '../../engine/rule.ts';
import { isBaseMiddleware, middlewareDecorator } from '../../fastapi/middleware.ts';

export const baseHttpMiddleware = defineRule({
  name: 'lifecycle/base-http-middleware',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    class:
      '`{name}` runs every request in a task of its own and hands on its answer piece by piece. On a hot path, write a plain ASGI middleware: a class with `async def __call__(self, scope, receive, send)`.',
    decorator:
      '`@{owner}.middleware` runs every request in a task of its own and hands on its answer piece by piece. On a hot path, write a plain ASGI middleware: a class with `async def __call__(self, scope, receive, send)`.',
  },
  check: {
    class({ id, node }, { report, subject }) {
      if (!isBaseMiddleware(subject, id)) return;
      const { name, nameStart } = node;
      report('class', { start: nameStart, end: nameStart + name.length }, { name });
    },
    function(site, { report, subject }) {
      const decorator = middlewareDecorator(subject, site);
      if (decorator?.type !== 'call') return;
      const { callee } = decorator;
      if (callee.type === 'attribute')
        report('decorator', decorator, { owner: subject.textOf(callee.object) });
    },
  },
});
