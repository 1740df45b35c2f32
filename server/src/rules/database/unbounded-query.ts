import { defineRule } from '../../engine/rule.ts';
import { wholeTable } from '../../fastapi/database/whole-tables.ts';
import { routesHandledBy } from '../../fastapi/handlers.ts';
import { labelOf } from '../../fastapi/labels.ts';

export const unboundedQuery = defineRule({
  name: 'database/unbounded-query',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    all:
      '`{route}` loads every `{model}` there is, and sends them all: it gets slower with each row. ' +
      'Page them: `.limit(limit).offset(offset)`, with `limit: Annotated[int, Query(le=100)] = 50`.',
  },
  check: {
    returned({ expression, scope }, { report, subject }) {
      const [route] = routesHandledBy(subject, scope);
      const model = route && wholeTable(subject, expression, scope);
      if (route && model) report('all', expression, { route: labelOf(subject, route), model });
    },
  },
});
