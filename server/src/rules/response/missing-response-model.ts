import { defineRule } from '../../engine/rule.ts';
import { labelOf } from '../../fastapi/labels.ts';
import { answerOf } from '../../fastapi/response/answers.ts';
import { exposedBy } from '../../fastapi/response/exposed.ts';

export const missingResponseModel = defineRule({
  name: 'response/missing-response-model',
  level: 'info',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    undeclared:
      '{route} declares no response: nothing checks or filters what it sends, and its docs show no shape. Add a return type or `response_model`.',
    model:
      '{route} sends {shape} as it is: every field goes out, also one added later. Add a return type or `response_model`.',
  },
  check: {
    route(route, { report, subject }) {
      const answer = answerOf(subject, route);
      if (answer === undefined || answer.isDeclared || !answer.isJson) return;
      // `response/orm-object-exposed` speaks there.
      if (exposedBy(subject, route) !== undefined) return;
      const at = route.pathNode ?? route.decorator;
      const name = `\`${labelOf(subject, route)}\``;
      if (answer.holds !== undefined)
        report('model', at, { route: name, shape: answer.holds }, { level: 'warning' });
      else report('undeclared', at, { route: name });
    },
  },
});
