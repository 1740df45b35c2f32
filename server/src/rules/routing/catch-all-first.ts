import { defineRule } from '../../engine/rule.ts';
import { type Clash, clashesOf, servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';

const SHOWN = 3;

export const catchAllFirst = defineRule({
  name: 'routing/catch-all-first',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    route:
      '`{route}` takes every request below it, so what is registered after it never runs: {dead}. Register it last.',
    mount:
      'What is mounted at `{path}` takes every request, so what is registered after it never runs: {dead}. Mount it last.',
  },
  check: {
    application(application, { report }) {
      const all = clashesOf(application).filter(({ kind }) => kind === 'catch-all');
      for (const route of new Set(all.map(({ earlier }) => earlier))) {
        const clashes = all.filter(({ earlier }) => earlier === route);
        const related = clashes.map((clash) => ({
          at: servedPlace(clash.later),
          message: `\`${labelOf(clash)}\``,
        }));
        const data = { dead: listOf(clashes), route: servedLabel(route), path: route.path || '/' };
        report(route.kind === 'mount' ? 'mount' : 'route', servedPlace(route), data, { related });
      }
    },
  },
});

function labelOf({ later, methods }: Clash): string {
  return servedLabel({ ...later, methods });
}

function listOf(clashes: readonly Clash[]): string {
  const labels = clashes.slice(0, SHOWN).map((clash) => `\`${labelOf(clash)}\``);
  return [...labels, ...(clashes.length > SHOWN ? ['…'] : [])].join(', ');
}
