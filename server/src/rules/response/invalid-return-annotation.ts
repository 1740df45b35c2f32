import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { argumentAdded } from '../../fastapi/edits.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { type Broken, brokenAnnotation } from '../../fastapi/response/broken-annotation.ts';
import { filteringModel } from '../../fastapi/response/models.ts';
import type { Route } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const invalidReturnAnnotation = defineRule({
  name: 'response/invalid-return-annotation',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    response:
      '{route} is annotated with `{annotation}`: FastAPI makes a response model of it, can’t make one of `{name}`, and fails at import. Pass `response_model=None`.',
    orm: '{route} is annotated with `{annotation}`: FastAPI makes a response model of it, can’t make one of the database class `{name}`, and fails at import. Annotate a Pydantic model, or pass `response_model`.',
    class:
      '{route} is annotated with `{annotation}`: FastAPI makes a response model of it, can’t make one of the plain class `{name}`, and fails at import. Annotate a Pydantic model, or pass `response_model`.',
  },
  fixes: {
    model: { applicability: 'quick', title: 'Pass `response_model={model}`' },
  },
  check: {
    route(route, { report, subject }) {
      const broken = brokenAnnotation(subject, route);
      const { returns } = route.handler;
      if (broken === undefined || returns === undefined) return;
      const model = modelFor(subject, broken);
      report(
        broken.kind,
        route.pathNode ?? route.decorator,
        {
          route: `\`${labelOf(subject, route)}\``,
          annotation: subject.textOf(returns),
          name: broken.name,
          ...(model !== undefined && { model }),
        },
        { fix: model === undefined ? undefined : passing(route, model) },
      );
    },
  },
});

/** `None` where responses are meant; a model that is called after the class, where there is one and the annotation is it. */
function modelFor(subject: Subject, { kind, classId }: Broken): string | undefined {
  if (kind === 'response') return 'None';
  return classId === undefined ? undefined : filteringModel(subject, classId);
}

function passing({ decorator, handler }: Route, model: string): FixPlan<'model'> | undefined {
  // `list[User]` would need `list[UserRead]`.
  if (model !== 'None' && handler.returns?.type !== 'name') return undefined;
  return { fix: 'model', replace: [argumentAdded(decorator, `response_model=${model}`)] };
}
