import { defineRule } from '../../engine/rule.ts';
import { syncUrl } from '../../fastapi/database/database-urls.ts';

export const syncDriverInAsyncEngine = defineRule({
  name: 'database/sync-driver-in-async-engine',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    driver:
      '`{scheme}://` loads the driver `{driver}`, which is not asynchronous: `create_async_engine` raises `InvalidRequestError`. ' +
      'Name one that is: `{better}://`.',
  },
  fixes: { name: { applicability: 'quick', title: 'Name an asynchronous driver' } },
  check: {
    call(call, { report, subject }) {
      const found = syncUrl(subject, call);
      if (found === undefined) return;
      const { given, scheme, driver, better, isFallback, place } = found;
      report(
        'driver',
        given,
        { scheme, driver, better },
        {
          ...(isFallback && { level: 'warning' }),
          fix: place && { fix: 'name', replace: [{ ...place, text: better }] },
        },
      );
    },
  },
});
