import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isSettingsClass } from '../../fastapi/classes.ts';
import { dependencyOf, isDependency } from '../../fastapi/dependencies.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import { returnsIn } from '../../python/signatures.ts';
import type { Call, Expression, FunctionDef } from '../../syntax/nodes.ts';

export const settingsNotCached = defineRule({
  name: 'dependencies/settings-not-cached',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    built:
      '`{call}` reads the environment and the `.env` file again for every request that depends on `{name}`. Build it once: `@lru_cache`.',
    class:
      '`{name}` is built again for every request, from the environment and the `.env` file. Depend on a function with `@lru_cache` that builds it once.',
  },
  fixes: {
    cache: { applicability: 'quick', title: 'Add `@lru_cache`' },
  },
  check: {
    function({ id, node }, { report, subject }) {
      if (node.decorators.length > 0) return;
      const [value, ...others] = returnsIn(node.body);
      if (value === undefined || others.length > 0 || node.parameters.length > 0) return;
      const built = buildingIn(subject, value, id);
      if (built === undefined || !isDependency(subject.db, id)) return;
      const call = `${subject.textOf(built.callee)}(${built.args.length > 0 ? '...' : ''})`;
      report('built', built, { call, name: node.name }, { fix: cached(subject, node) });
    },
    anyCall(site, { report, subject }) {
      const dependency = dependencyOf(subject, site);
      const value = dependency && subject.meaningOf(dependency, site.scope);
      if (dependency === undefined || value?.kind !== 'class') return;
      if (isSettingsClass(subject.evaluator, value.class))
        report('class', dependency, { name: subject.textOf(dependency) });
    },
  },
});

/** `Settings()`, returned, or assigned to the name that is returned. */
function buildingIn(subject: Subject, value: Expression, scope: string): Call | undefined {
  if (value.type === 'name') {
    const traced = subject.evaluator.trace(value.id, scope);
    if (traced?.kind !== 'bindings' || traced.bindings.length !== 1) return undefined;
    const [binding] = traced.bindings;
    // One that a module holds was built once.
    if (binding?.kind !== 'value' || binding.scope !== scope || binding.value === undefined)
      return undefined;
    return binding.value.type === 'name' ? undefined : buildingIn(subject, binding.value, scope);
  }
  if (value.type !== 'call') return undefined;
  const callee = subject.meaningOf(value.callee, scope);
  return callee?.kind === 'class' && isSettingsClass(subject.evaluator, callee.class)
    ? value
    : undefined;
}

/** Not for an `async def`: its coroutine would be kept. */
function cached(subject: Subject, { isAsync, start }: FunctionDef): FixPlan<'cache'> | undefined {
  if (isAsync) return undefined;
  return {
    fix: 'cache',
    replace: [{ start, end: start, text: `@lru_cache\n${indentAt(subject, start)}` }],
    imports: [{ module: 'functools', name: 'lru_cache' }],
  };
}
