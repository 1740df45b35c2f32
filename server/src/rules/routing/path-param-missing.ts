import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { pathParameters } from '../../fastapi/paths.ts';
import {
  misnamedFor,
  roomForParameter,
  untakenParameters,
} from '../../fastapi/routing/path-parameters.ts';
import { servedLabel, servedPlace } from '../../fastapi/running/clashes.ts';
import type { ServedRoute } from '../../fastapi/running/flatten.ts';

/** The parameters of paths that some route takes, with what stands before them: a middleware has no part in those. */
function takenIn(routes: readonly ServedRoute[]): ReadonlySet<string> {
  return new Set(
    routes.flatMap(({ path, needs }) =>
      needs.parameters
        .filter(({ alias }) => path.includes(`{${alias}`))
        .map(({ alias }) => upTo(alias, path)),
    ),
  );
}

function upTo(name: string, path: string): string {
  return `${path.split(`{${name}`, 1)[0]}{${name}}`;
}

export const pathParamMissing = defineRule({
  name: 'routing/path-param-missing',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    untaken:
      'Nothing takes `{parameter}` of `{route}`: not the function, nor what it depends on. Every value gets the same answer. Take it as a parameter, or drop it from the path.',
    misnamed:
      'Nothing takes `{parameter}` of `{route}`, and FastAPI wants `{other}` as a query parameter: requests without it get 422. Call both the same.',
    prefix:
      'Nothing takes `{parameter}`, a part of the prefix of `{route}`, as other routes below it do: every value gets the same answer.',
  },
  fixes: {
    rename: { applicability: 'quick', title: 'Call it `{other}` in the path' },
    add: { applicability: 'quick', title: 'Take `{name}` as a parameter' },
  },
  check: {
    application(application, { report, subject }) {
      const taken = takenIn(application.routes);
      for (const route of application.routes) {
        const at = servedPlace(route);
        for (const { name, convertor } of untakenParameters(subject, route)) {
          const data = { parameter: `{${name}}`, route: servedLabel(route), name };
          const written = subject.sourceOf(at);
          const own = pathParameters(written).find((one) => one.name === name);
          // A path that is a constant of its own may be all of the path.
          if (own === undefined && /["']/.test(written)) {
            if (taken.has(upTo(name, route.path))) report('prefix', at, data, { level: 'info' });
            continue;
          }
          const other = misnamedFor(subject, route);
          if (other !== undefined && own !== undefined) {
            const start = at.start + own.start + 1;
            const replace = [{ block: at.block, start, end: start + name.length, text: other }];
            report('misnamed', at, { ...data, other }, { fix: { fix: 'rename', replace } });
          } else
            report('untaken', at, data, {
              fix: added(roomForParameter(subject, route, name, convertor)),
            });
        }
      }
    },
  },
});

function added(room: FixPlan['replace'][number] | undefined): FixPlan<'add'> | undefined {
  return room && { fix: 'add', replace: [room] };
}
