import { defineRule } from '../../engine/rule.ts';
import { clashesOf, servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';

export const routeShadowed = defineRule({
  name: 'routing/route-shadowed',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    shadowed:
      '`{later}` never runs: `{earlier}` is registered before it and takes its requests. Register `{later}` first.',
    mounted:
      '`{later}` never runs: everything below `{path}` is served by what is mounted there before it. Register it before the mount.',
  },
  check: {
    application(application, { report }) {
      for (const { kind, earlier, later, methods } of clashesOf(application)) {
        if (kind !== 'shadowed' && kind !== 'mount') continue;
        const said = { later: servedLabel({ ...later, methods }) };
        const related = [{ at: servedPlace(earlier), message: `\`${servedLabel(earlier)}\`` }];
        const at = servedPlace(later);
        if (kind === 'mount') report('mounted', at, { ...said, path: earlier.path }, { related });
        else report('shadowed', at, { ...said, earlier: servedLabel(earlier) }, { related });
      }
    },
  },
});
