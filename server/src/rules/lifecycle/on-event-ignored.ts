import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type EventHandler, eventHandlersOf, plainHandler } from '../../fastapi/events.ts';
import { lifespanOf, roomInLifespan } from '../../fastapi/lifespans.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import { enclosingOf, nameOf } from '../../python/definitions.ts';
import type { FunctionSite } from '../../python/sites.ts';

export const onEventIgnored = defineRule({
  name: 'lifecycle/on-event-ignored',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    decorator:
      '`{name}` never runs: `{owner}` has a lifespan, and FastAPI then ignores `@{owner}.on_event`, without a word. Call it in `{lifespan}`.',
    argument:
      '`{argument}=` is ignored, without a word, because `lifespan=` is given as well. Call the handlers in `{lifespan}`.',
  },
  fixes: { move: { applicability: 'quick', title: 'Call `{name}` in `{lifespan}`' } },
  check: {
    function(site, { report, subject }) {
      for (const handler of eventHandlersOf(subject, site)) {
        const { decorator, owner, lifespan } = handler;
        if (lifespan === undefined || isPinnedBelow(subject.db, subject.path, 'fastapi', '0.93'))
          continue;
        const data = { name: site.node.name, owner, lifespan: nameOf(lifespan) };
        report('decorator', decorator, data, { fix: moved(subject, site, handler, lifespan) });
      }
    },
    anyCall({ node, scope }, { report, subject }) {
      const lifespan = lifespanOf(subject, node, scope);
      if (lifespan === undefined) return;
      for (const argument of ['on_startup', 'on_shutdown']) {
        const given = argumentOf(node, argument);
        if (given === undefined || given.type === 'none') continue;
        report('argument', given, { argument, lifespan: nameOf(lifespan) });
      }
    },
  },
});

/** Where the lifespan stands in the same file and yields at its own level, and the handler is nothing else. */
function moved(
  subject: Subject,
  { id, node }: FunctionSite,
  { owner }: EventHandler,
  lifespan: string,
): FixPlan<'move'> | undefined {
  const room = roomInLifespan(subject, lifespan);
  const handler = plainHandler(subject.db, subject.block, node, owner);
  // Inside of another function its name means nothing to the lifespan.
  if (room === undefined || handler === undefined || enclosingOf(id) !== null) return undefined;
  const call = `${handler.isAsync ? 'await ' : ''}${handler.name}()`;
  const place = handler.event === 'startup' ? room.before : room.after;
  return {
    fix: 'move',
    replace: [
      { ...place, text: place.text.replace('{call}', call) },
      { ...handler.removed, block: subject.block, text: '' },
    ],
  };
}
