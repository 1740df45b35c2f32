import { defineRule } from '../../engine/rule.ts';
import { unreachedRouters } from '../../fastapi/running/unreached.ts';
import { moduleName } from '../../python/modules.ts';
import { pathOfBlock } from '../../syntax/source.ts';

export const unreachableRouter = defineRule({
  name: 'routing/unreachable-router',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    unreached:
      'Nothing imports `{module}`, so no application includes `{router}`, and its routes answer 404. Include it with `include_router`, or remove the module.',
    unused:
      '`{module}` is imported, but nothing uses its `{router}`: no application includes it, and its routes answer 404. Include it with `include_router`, or remove its routes.',
  },
  check: {
    application(_application, { report, subject }) {
      for (const { name, at, isImported } of subject.db.get(unreachedRouters, '')) {
        const module = moduleName(subject.db, pathOfBlock(at.block));
        report(isImported ? 'unused' : 'unreached', at, { module, router: name });
      }
    },
  },
});
