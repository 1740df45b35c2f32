import { defineRule } from '../../engine/rule.ts';
import {
  clashesOf,
  secondInclude,
  servedLabel,
  servedPlace,
} from '../../fastapi/running/clashes.ts';

export const duplicateRoute = defineRule({
  name: 'routing/duplicate-route',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    duplicate:
      '`{later}` never runs: `{earlier}` is registered before it and takes all its requests. Remove one of them, or give it a path of its own.',
    again:
      'This router is included a second time at the same paths (`{later}`): only the first include answers, with its dependencies. Remove one of them.',
  },
  check: {
    application(application, { report }) {
      for (const { kind, earlier, later, methods } of clashesOf(application)) {
        const data = { later: servedLabel({ ...later, methods }), earlier: servedLabel(earlier) };
        const first = { at: servedPlace(earlier), message: `\`${servedLabel(earlier)}\`` };
        // The one answers, the other stands in the docs for it.
        if (kind === 'duplicate' && !earlier.inSchema && later.inSchema) continue;
        const include = secondInclude(earlier, later);
        if (kind === 'duplicate')
          report('duplicate', servedPlace(later), data, { related: [first] });
        if (kind === 'again' && include !== undefined)
          report('again', include, { later: data.later }, { level: 'warning' });
      }
    },
  },
});
