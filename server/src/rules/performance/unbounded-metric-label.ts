import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { templateAt, unboundedLabels } from '../../fastapi/performance/metric-labels.ts';
import type { Expression } from '../../syntax/nodes.ts';

export const unboundedMetricLabel = defineRule({
  name: 'performance/unbounded-metric-label',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    path:
      'A metric keeps one time series for every value of a label, for ever, and every path somebody asks for is one: ' +
      '`{value}`. Use the template of the route: `request.scope["route"].path`.',
    other:
      'A metric keeps one time series for every value of a label, for ever, and `{value}` has no end of values. ' +
      'Leave it out, and put it into the log.',
  },
  fixes: {
    template: { applicability: 'quick', title: 'Use the template of the route' },
  },
  check: {
    call(call, { report, subject }) {
      for (const label of unboundedLabels(subject, call)) {
        const { value, isPath } = label;
        const template = isPath ? templateAt(subject, call, label) : undefined;
        report(
          isPath ? 'path' : 'other',
          value,
          { value: subject.textOf(value) },
          { fix: template === undefined ? undefined : replaced(value, template) },
        );
      }
    },
  },
});

function replaced({ start, end }: Expression, text: string): FixPlan<'template'> {
  return { fix: 'template', replace: [{ start, end, text }] };
}
