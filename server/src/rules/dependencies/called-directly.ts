import { defineRule } from '../../engine/rule.ts';
import { leakedMarker } from '../../fastapi/dependencies/direct-calls.ts';

export const calledDirectly = defineRule({
  name: 'dependencies/called-directly',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    leaks:
      '`{call}` is called without `{parameter}`, which then is the `{marker}(...)` object itself: only FastAPI puts a value in its place. Pass `{parameter}`, or share a plain function that both call.',
  },
  check: {
    anyCall(site, { report, subject }) {
      const leaked = leakedMarker(subject, site);
      if (leaked === undefined) return;
      const { node } = site;
      const call = `${subject.textOf(node.callee)}(${node.args.length > 0 ? '...' : ''})`;
      const data = { call, parameter: leaked.parameter, marker: leaked.marker };
      report('leaks', node, data, subject.purpose === 'test' ? { level: 'warning' } : {});
    },
  },
});
