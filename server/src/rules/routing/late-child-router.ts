import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';
import type { LateEntry } from '../../fastapi/running/flatten.ts';
import { includeMoved } from '../../fastapi/running/late.ts';
import type { Reader } from '../../query/database.ts';

const SHOWN = 3;

export const lateChildRouter = defineRule({
  name: 'routing/late-child-router',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    route:
      '`{route}` answers 404: FastAPI below 0.137 copies the routes of a router when it is included, and this one comes later. Include the router after its last route.',
    child:
      'Nothing of this router answers ({routes}): FastAPI below 0.137 copies the routes of a router when it is included, and the one around it is included before. Include that one after this.',
  },
  fixes: {
    move: { applicability: 'quick', title: 'Include the outer router further down' },
  },
  check: {
    application({ late }, { report, subject }) {
      for (const entry of late) {
        const [route] = entry.routes;
        if (route === undefined) continue;
        const options = {
          related: [{ at: entry.include, message: '`include_router`' }],
          fix: moved(subject.db, late, entry),
        };
        if (entry.child === null)
          report('route', servedPlace(route), { route: servedLabel(route) }, options);
        else report('child', entry.child, { routes: listOf(entry) }, options);
      }
    },
  },
});

function listOf({ routes }: LateEntry): string {
  const labels = routes.slice(0, SHOWN).map((route) => `\`${servedLabel(route)}\``);
  return [...labels, ...(routes.length > SHOWN ? ['…'] : [])].join(', ');
}

function moved(
  db: Reader,
  late: readonly LateEntry[],
  entry: LateEntry,
): FixPlan<'move'> | undefined {
  const move = includeMoved(db, late, entry);
  return (
    move && {
      fix: 'move',
      replace: [
        { ...move.from, text: '' },
        { ...move.to, text: move.text },
      ],
    }
  );
}
