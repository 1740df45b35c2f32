import { defineRule } from '../../engine/rule.ts';
import { letThrough, swallowedIn } from '../../fastapi/async/cancellations.ts';
import { purposeOf } from '../../fastapi/calls.ts';
import { asScript } from '../../fastapi/effects/blocking.ts';
import { levelOnLoop } from '../../fastapi/effects/loop.ts';

export const cancellationSwallowed = defineRule({
  name: 'async/cancellation-swallowed',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    broad:
      'This also catches `asyncio.CancelledError`, by which a timeout, a client that leaves its stream or a stopping server ends ' +
      '`{function}`: it is taken for an error and goes no further. Catch `Exception`.',
    loops:
      'The cancellation is caught and the loop goes on: `{function}` cannot be stopped, and who waits for its end waits for good. ' +
      'End the handler with `raise`.',
    ends:
      'The cancellation ends here, and `{function}` seems to have ended by itself: a timeout or a task group around it goes on. ' +
      'End the handler with `raise`.',
  },
  fixes: {
    narrow: { applicability: 'quick', title: 'Catch `Exception`' },
    raise: { applicability: 'quick', title: 'End the handler with `raise`' },
  },
  check: {
    function(site, { report, subject }) {
      for (const swallowed of swallowedIn(subject, site)) {
        const { what, at } = swallowed;
        const standing = asScript(subject, purposeOf(subject, site.node, site.id));
        report(
          what,
          at,
          { function: site.node.name },
          {
            level: what === 'ends' ? 'hint' : levelOnLoop('warning', standing),
            fix: letThrough(subject, swallowed, { narrow: 'narrow', raise: 'raise' }),
          },
        );
      }
    },
  },
});
