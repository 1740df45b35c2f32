import { defineRule } from '../../engine/rule.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { weakTypeOf } from '../../fastapi/response/weak-type.ts';

export const weakReturnType = defineRule({
  name: 'response/weak-return-type',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    weak: '{route} declares `{type}`, which says nothing of what it sends: nothing is checked or filtered, and its docs show no fields. Declare a model.',
  },
  check: {
    route(route, { report, subject }) {
      const type = weakTypeOf(subject, route);
      if (type === undefined) return;
      report('weak', route.pathNode ?? route.decorator, {
        route: `\`${labelOf(subject, route)}\``,
        type: subject.textOf(type),
      });
    },
  },
});
