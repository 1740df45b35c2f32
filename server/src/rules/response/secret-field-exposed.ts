import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { argumentAdded } from '../../fastapi/edits.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { secretExposedBy } from '../../fastapi/response/exposed-secrets.ts';
import type { Route } from '../../fastapi/routes.ts';

export const secretFieldExposed = defineRule({
  name: 'response/secret-field-exposed',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    field:
      '{route} sends `{field}`: its response model has that field, in `{model}`. Answer with a model that does not have it.',
  },
  fixes: {
    exclude: { applicability: 'quick', title: 'Leave `{field}` out of the answer' },
  },
  check: {
    route(route, { report, subject }) {
      const exposed = secretExposedBy(subject, route);
      if (exposed === undefined) return;
      const { field, model, isPlain } = exposed;
      report(
        'field',
        route.pathNode ?? route.decorator,
        { route: `\`${labelOf(subject, route)}\``, field, model },
        { fix: isPlain ? excluding(route, field) : undefined },
      );
    },
  },
});

function excluding({ decorator }: Route, field: string): FixPlan<'exclude'> {
  const text = `response_model_exclude={"${field}"}`;
  return { fix: 'exclude', replace: [argumentAdded(decorator, text)] };
}
