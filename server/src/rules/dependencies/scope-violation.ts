import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { markersOf } from '../../fastapi/markers.ts';
import { dependencyName, eachDependency, lifetimeOf } from '../../fastapi/running/trees.ts';
import { subjectOf } from '../../fastapi/subject.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import { blockOf, functionOf, outerScopeOf, pathOf } from '../../python/definitions.ts';
import type { Reader } from '../../query/database.ts';
import type { Parameter } from '../../syntax/nodes.ts';

export const scopeViolation = defineRule({
  name: 'dependencies/scope-violation',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    outlives:
      '`{name}` lives until the answer is sent, `{parameter}` with `scope="function"` only until the path operation returns: FastAPI refuses that while the application is imported. Use `{name}` with `scope="function"` too, or `{parameter}` without.',
  },
  fixes: {
    remove: { applicability: 'quick', title: 'Remove `scope="function"`' },
  },
  check: {
    application({ routes }, { report, subject: { db } }) {
      const seen = new Set<string>();
      for (const { needs } of routes) {
        eachDependency(needs.dependencies, (dependency) => {
          const { target } = dependency;
          if (target === null || lifetimeOf(db, dependency) !== 'request') return;
          if (isPinnedBelow(db, pathOf(target), 'fastapi', '0.121.0')) return;
          for (const { scope, parameter: name } of dependency.dependencies) {
            if (scope !== 'function' || name === null || seen.has(`${target} ${name}`)) continue;
            seen.add(`${target} ${name}`);
            const parameter = functionOf(db, target)?.parameters.find((one) => one.name === name);
            if (parameter === undefined) continue;
            const { start } = parameter;
            const at = { start, end: start + name.length, block: blockOf(target) };
            const data = { name: dependencyName(target), parameter: name };
            report('outlives', at, data, { fix: withoutScope(db, target, parameter) });
          }
        });
      }
    },
  },
});

/** Where it is written at the parameter itself. */
function withoutScope(db: Reader, id: string, parameter: Parameter): FixPlan<'remove'> | undefined {
  const block = blockOf(id);
  const outer = outerScopeOf(id);
  const own = markersOf(subjectOf(db, block), parameter, { outer }).find(
    ({ annotated, call }) => call === parameter.default || annotated === parameter.annotation,
  );
  if (own === undefined) return undefined;
  const { args } = own.call;
  const index = args.findIndex(({ name }) => name === 'scope');
  const [before, given] = [args[index - 1], args[index]];
  if (before === undefined || given === undefined) return undefined;
  return { fix: 'remove', replace: [{ start: before.end, end: given.end, text: '', block }] };
}
