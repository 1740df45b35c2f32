import { defineRule } from '../../engine/rule.ts';
import { requestedTarget } from '../../fastapi/security/redirects.ts';

export const openRedirect = defineRule({
  name: 'security/open-redirect',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    open: '`{source}` comes from the request, so a link to your own address can lead to any other. Redirect to paths of your own alone: refuse what has a host, or look it up in a list.',
  },
  check: {
    call(call, { report, subject }) {
      const source = requestedTarget(subject, call);
      if (source !== undefined) report('open', source, { source: subject.textOf(source) });
    },
  },
});
