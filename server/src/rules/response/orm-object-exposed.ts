import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { type Exposed, exposedBy } from '../../fastapi/response/exposed.ts';
import { filteringModel } from '../../fastapi/response/models.ts';
import type { Route } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const ormObjectExposed = defineRule({
  name: 'response/orm-object-exposed',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    secret:
      '{route} sends `{name}` objects as they are, with `{secret}`. Filter them: `response_model=` a model without that field.',
    columns:
      '{route} sends `{name}` objects as they are: every column goes out, also one added later. Filter them by a `response_model`.',
  },
  fixes: {
    model: { applicability: 'quick', title: 'Filter by `{model}`' },
  },
  check: {
    route(route, { report, subject }) {
      const exposed = exposedBy(subject, route);
      if (exposed === undefined) return;
      const { name, secret } = exposed;
      const model = filteringModel(subject, exposed.classId);
      const data = {
        route: `\`${labelOf(subject, route)}\``,
        name,
        ...(model !== undefined && { model }),
      };
      const fix = model === undefined ? undefined : filtered(subject, route, exposed, model);
      const at = route.pathNode ?? route.decorator;
      if (secret === undefined) report('columns', at, data, { fix });
      else report('secret', at, { ...data, secret }, { level: 'error', fix });
    },
  },
});

/** `@app.get("/")` becomes `@app.get("/", response_model=UserRead)`. */
function filtered(
  subject: Subject,
  { decorator }: Route,
  { isList }: Exposed,
  model: string,
): FixPlan<'model'> | undefined {
  const text = `response_model=${isList ? `list[${model}]` : model}`;
  const none = decorator.args.find(({ name }) => name === 'response_model');
  if (none !== undefined)
    return { fix: 'model', replace: [{ start: none.start, end: none.end, text }] };
  const last = decorator.args[decorator.args.length - 1];
  if (last === undefined) return undefined;
  if (subject.textOf({ start: last.end, end: decorator.end }) !== ')') return undefined;
  return {
    fix: 'model',
    replace: [{ start: last.end, end: last.end, text: `, ${text}` }],
  };
}
