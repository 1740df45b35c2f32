import { defineRule } from '../../engine/rule.ts';
import { argumentRemoved } from '../../fastapi/edits.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { repeatedModel } from '../../fastapi/response/repeated-model.ts';

export const redundantResponseModel = defineRule({
  name: 'response/redundant-response-model',
  level: 'hint',
  since: '0.1.0',
  messages: {
    twice:
      '{route} says `{model}` twice: FastAPI takes the return annotation for the response model. Leave `response_model` out.',
  },
  fixes: {
    remove: { applicability: 'safe', title: 'Leave `response_model` out' },
  },
  check: {
    route(route, { report, subject }) {
      const repeated = repeatedModel(subject, route);
      if (repeated === undefined) return;
      report(
        'twice',
        repeated,
        { route: `\`${labelOf(subject, route)}\``, model: subject.textOf(repeated.value) },
        { fix: { fix: 'remove', replace: [argumentRemoved(route.decorator, repeated)] } },
      );
    },
  },
});
