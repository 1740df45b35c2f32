import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import { openCorsWithCredentials } from '../../fastapi/security/cors.ts';
import type { Call } from '../../syntax/nodes.ts';

export const corsWildcardCredentials = defineRule({
  name: 'security/cors-wildcard-credentials',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    open: '`{opened}` with `allow_credentials=True` answers every website with its own origin: any page a logged-in user opens can read your API as that user. List the origins, or leave out the credentials.',
    default:
      'Unless the settings say otherwise, `{opened}` with `allow_credentials=True` lets any website read your API as a logged-in user. Make the default an empty list.',
  },
  fixes: {
    withhold: { applicability: 'quick', title: 'Take no credentials: `allow_credentials=False`' },
  },
  check: {
    anyCall(call, { report, subject }) {
      const cors = openCorsWithCredentials(subject, call);
      if (cors === undefined) return;
      const data = { opened: cors.opened };
      const fix = withhold(call.node);
      if (cors.isDefault) report('default', call.node.callee, data, { level: 'warning', fix });
      else report('open', call.node.callee, data, { fix });
    },
  },
});

function withhold(call: Call): FixPlan<'withhold'> | undefined {
  const given = argumentOf(call, 'allow_credentials');
  if (given?.type !== 'true') return undefined;
  return { fix: 'withhold', replace: [{ start: given.start, end: given.end, text: 'False' }] };
}
