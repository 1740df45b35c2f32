import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { uncallableResult } from '../../fastapi/callable.ts';
import { dependencyOf } from '../../fastapi/dependencies.ts';
import type { Call } from '../../syntax/nodes.ts';

export const called = defineRule({
  name: 'dependencies/called',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    generator:
      '`{call}` runs at import and gives a generator, which FastAPI can’t call: the application does not start. Pass the function: `{marker}({callee})`.',
    coroutine:
      '`{call}` runs at import and gives a coroutine, which FastAPI can’t call: the application does not start. Pass the function: `{marker}({callee})`.',
    object:
      '`{call}` runs at import and gives an object of `{type}`, which FastAPI can’t call: the application does not start. Pass what is to be called: `{marker}({callee})`.',
    nothing:
      '`{call}` runs once, at import, and gives `None`: no request ever runs it. Pass the function: `{marker}({callee})`.',
    incomplete:
      '`{call}` runs at import, where nothing gives it `{parameter}`: the application does not start. Pass the function: `{marker}({callee})`.',
  },
  fixes: {
    pass: { applicability: 'safe', title: 'Pass `{callee}` without calling it' },
  },
  check: {
    anyCall(site, { report, subject }) {
      const dependency = dependencyOf(subject, site);
      if (dependency?.type !== 'call') return;
      const result = uncallableResult(subject, dependency, site.scope);
      if (result === undefined) return;
      const data = {
        call: `${subject.textOf(dependency.callee)}(${dependency.args.length > 0 ? '...' : ''})`,
        callee: subject.textOf(dependency.callee),
        marker: subject.textOf(site.node.callee),
        ...(result.kind === 'object' && { type: result.type }),
        ...(result.kind === 'incomplete' && { parameter: result.parameter }),
      };
      report(result.kind, dependency, data, { fix: withoutCall(dependency) });
    },
  },
});

/** Where arguments are given, somebody must decide what becomes of them. */
function withoutCall({ args, argsStart, end }: Call): FixPlan<'pass'> | undefined {
  if (args.length > 0) return undefined;
  return { fix: 'pass', replace: [{ start: argsStart, end, text: '' }] };
}
