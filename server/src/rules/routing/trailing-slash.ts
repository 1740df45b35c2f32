import { defineRule } from '../../engine/rule.ts';
import { servedPlace } from '../../fastapi/running/clashes.ts';
import { slashSplits } from '../../fastapi/running/slashes.ts';

export const trailingSlash = defineRule({
  name: 'routing/trailing-slash',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    split:
      '`{route}` differs from `{other}` by its last slash: `{missing}` answers 405, not with a redirect. Write both the same way.',
  },
  check: {
    application({ routes }, { report }) {
      for (const { earlier, later, method } of slashSplits(routes)) {
        const other = earlier.methods[0] ?? '';
        const data = {
          route: `${method} ${later.path}`,
          other: `${other} ${earlier.path}`,
          missing: `${method} ${earlier.path}`,
        };
        const related = [{ at: servedPlace(earlier), message: `\`${data.other}\`` }];
        report('split', servedPlace(later), data, { related });
      }
    },
  },
});
