import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { Route } from '../../fastapi/routes.ts';
import { takesAnything, type Wrapper, wrapperOf } from '../../fastapi/routing/route-wrappers.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { blockOf, pathOf } from '../../python/definitions.ts';
import { headOf } from '../../syntax/parts.ts';
import { blockSource } from '../../syntax/source.ts';

export const decoratorOrder = defineRule({
  name: 'routing/decorator-order',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    above:
      '`@{decorator}` stands above `@{route}`, which registers the function as it is below: what the decorator adds never runs for a request. Write it below.',
    unwrapped:
      '`@{decorator}` gives FastAPI a function that takes `*args, **kwargs`: it asks for them in the query, and every request gets 422. Put `@functools.wraps({wrapped})` on the inner function.',
  },
  fixes: {
    move: { applicability: 'quick', title: 'Move `@{decorator}` below `@{route}`' },
    wraps: {
      applicability: 'quick',
      title: 'Put `@functools.wraps({wrapped})` on the inner function',
    },
  },
  check: {
    route(route, { report, subject }) {
      const { decorator: own, handler, scope } = route;
      const at = handler.decorators.indexOf(own);
      for (const [index, decorator] of handler.decorators.entries()) {
        const wrapper = wrapperOf(subject, decorator, scope);
        if (wrapper === undefined) continue;
        const head = (one: typeof decorator) => subject.textOf(headOf(one));
        const data = {
          decorator: head(decorator),
          route: head(own),
          wrapped: wrapper.wrapped ?? '',
        };
        if (index < at) report('above', decorator, data, { fix: below(subject, route, at) });
        else if (!wrapper.isTransparent && wrapper.inner && takesAnything(wrapper.inner))
          report('unwrapped', decorator, data, { fix: wrapping(subject, wrapper) });
      }
    },
  },
});

/** All that is above and wraps, below the route's own: in the order that they have. */
function below(
  subject: Subject,
  { handler, scope }: Route,
  at: number,
): FixPlan<'move'> | undefined {
  const { decorators } = handler;
  const wrappers = decorators.map((one) => wrapperOf(subject, one, scope));
  const moved = decorators.filter((_, index) => index < at && wrappers[index]);
  if (wrappers.some((one, index) => index < at && one && !one.isTransparent)) return undefined;
  const upper = decorators.slice(0, at + 1);
  const order = [...upper.filter((one) => !moved.includes(one)), ...moved];
  const replace = upper.flatMap((one, index) => {
    const other = order[index];
    return other === undefined || other === one
      ? []
      : { start: one.start, end: one.end, text: subject.textOf(other) };
  });
  return { fix: 'move', replace };
}

function wrapping(subject: Subject, { inner, wrapped, id }: Wrapper): FixPlan<'wraps'> | undefined {
  if (inner === undefined || wrapped === undefined || id === undefined) return undefined;
  // Imports are added to the file that the finding is in.
  if (pathOf(id) !== subject.path) return undefined;
  const block = blockOf(id);
  const { text } = subject.db.get(blockSource, block);
  const { start } = inner;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  if (indent.trim() !== '') return undefined;
  const replace = [{ block, start, end: start, text: `@functools.wraps(${wrapped})\n${indent}` }];
  return { fix: 'wraps', replace, imports: [{ module: 'functools' }] };
}
