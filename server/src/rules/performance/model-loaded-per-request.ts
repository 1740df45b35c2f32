import { defineRule } from '../../engine/rule.ts';
import { loadedPerRequest } from '../../fastapi/effects/per-request.ts';
import { spelled } from '../../syntax/spelled.ts';

export const modelLoadedPerRequest = defineRule({
  name: 'performance/model-loaded-per-request',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    loaded:
      '`{call}` loads the model again for every request that comes to `{name}`: seconds of waiting, and the memory of ' +
      'one model for each request at the same time. Load it once, in the lifespan.',
  },
  check: {
    call(call, { report, subject }) {
      const loaded = loadedPerRequest(subject, call);
      if (loaded === undefined) return;
      const { loader, service } = loaded;
      report(
        'loaded',
        loader,
        { call: spelled(loader), name: service.names[0] ?? '' },
        { related: service.hops.map(({ text, ...at }) => ({ at, message: text })) },
      );
    },
  },
});
