import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isApp, isRouter } from '../../fastapi/classes.ts';
import { isOnStarlette0 } from '../../fastapi/versions.ts';
import type { Call, FunctionDef } from '../../syntax/nodes.ts';

export const routeDecorator = defineRule({
  name: 'routing/route-decorator',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    gone: '`{call}` is no longer there: Starlette 1 took it out, and the module fails while it is imported. Use `@{object}.get(...)`, or `@{object}.api_route(...)`.',
    plain:
      '`{call}` is a route of Starlette: FastAPI validates nothing for it, documents nothing, and runs no dependency of the router. Use `@{object}.get(...)`, or `@{object}.api_route(...)`.',
  },
  fixes: {
    api: { applicability: 'quick', title: 'Use `@{object}.api_route(...)`' },
  },
  check: {
    function({ node, outer }, { report, subject }) {
      const { evaluator, db, path } = subject;
      for (const decorator of node.decorators) {
        if (decorator.type !== 'call' || decorator.callee.type !== 'attribute') continue;
        const { callee } = decorator;
        if (callee.name !== 'route') continue;
        const value = evaluator.meaningOf(callee.object, outer);
        if (!isRouter(evaluator, value)) continue;
        const isGone = isApp(evaluator, value) && !isOnStarlette0(db, path);
        const data = { call: subject.textOf(callee), object: subject.textOf(callee.object) };
        report(isGone ? 'gone' : 'plain', callee, data, {
          level: isGone ? 'error' : 'warning',
          fix: withApiRoute(decorator, node),
        });
      }
    },
  },
});

/** Only where FastAPI can give the function what it takes: Starlette gives the request to a parameter without a type. */
function withApiRoute(
  { callee, args }: Call,
  { parameters }: FunctionDef,
): FixPlan<'api'> | undefined {
  if (callee.type !== 'attribute') return undefined;
  const isPlain = args.filter(({ name }) => name === undefined).length === 1;
  if (!isPlain || parameters.some(({ annotation }) => annotation === undefined)) return undefined;
  return {
    fix: 'api',
    replace: [{ start: callee.nameStart, end: callee.end, text: 'api_route' }],
  };
}
