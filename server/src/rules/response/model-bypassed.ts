import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { bypassedModel } from '../../fastapi/response/bypassed.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Call } from '../../syntax/nodes.ts';

export const modelBypassed = defineRule({
  name: 'response/model-bypassed',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    bypassed:
      'A returned `JSONResponse` is sent as it is: the response model `{model}` neither checks nor filters it. Return the data.',
    purpose:
      'A returned `JSONResponse` is sent as it is: the response model `{model}` neither checks nor filters it. Return the data, and set headers and cookies on a `response: Response` parameter.',
  },
  fixes: {
    data: { applicability: 'quick', title: 'Return the data itself' },
  },
  check: {
    returned(returned, { report, subject }) {
      const bypassed = bypassedModel(subject, returned);
      if (bypassed === undefined) return;
      const { response, model, isOnPurpose, isWord } = bypassed;
      if (isOnPurpose) return report('purpose', response, { model }, { level: 'info' });
      const fix = response === returned.expression ? asData(subject, response) : undefined;
      report('bypassed', response, { model }, { fix, ...(isWord && { level: 'info' as const }) });
    },
  },
});

/** `JSONResponse(data)` becomes `data`. */
function asData(subject: Subject, { start, end, args }: Call): FixPlan<'data'> | undefined {
  const [only, ...others] = args;
  if (only === undefined || others.length > 0) return undefined;
  return { fix: 'data', replace: [{ start, end, text: subject.textOf(only.value) }] };
}
