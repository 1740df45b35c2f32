import { defineRule } from '../../engine/rule.ts';
import { untypedRequestIn } from '../../fastapi/routing/untyped-request.ts';

export const untypedRequest = defineRule({
  name: 'routing/untyped-request',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    request:
      'Without a type, `{name}` is a query parameter that every request must have: the client gets 422. Write `{name}: Request`.',
    websocket:
      'Without a type, `{name}` is a query parameter that is missing, and every connection is refused. Write `{name}: WebSocket`.',
  },
  fixes: {
    annotate: { applicability: 'quick', title: 'Write `{name}: {type}`' },
  },
  check: {
    function(site, { report, subject }) {
      const found = untypedRequestIn(subject, site);
      if (found === undefined) return;
      const { parameter, type } = found;
      const end = parameter.start + parameter.name.length;
      const data = { name: parameter.name, type };
      const replace = [{ start: end, end, text: `: ${type}` }];
      const imports = [{ module: 'fastapi', name: type }];
      report(type === 'Request' ? 'request' : 'websocket', { start: parameter.start, end }, data, {
        fix: { fix: 'annotate', replace, imports },
      });
    },
  },
});
