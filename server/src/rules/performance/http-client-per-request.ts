import { defineRule } from '../../engine/rule.ts';
import { clientService } from '../../fastapi/effects/per-request.ts';
import { spelled } from '../../syntax/spelled.ts';

export const httpClientPerRequest = defineRule({
  name: 'performance/http-client-per-request',
  level: 'info',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    made:
      '`{call}` is made for every request that comes to `{name}`: each reads the certificates anew, and opens ' +
      'connections of its own. Make one in the lifespan, and share it.',
  },
  check: {
    call(call, { report, subject }) {
      const service = clientService(subject, call);
      if (service === undefined) return;
      report(
        'made',
        call.node.callee,
        { call: spelled(call.node.callee), name: service.names[0] ?? '' },
        { related: service.hops.map(({ text, ...at }) => ({ at, message: text })) },
      );
    },
  },
});
