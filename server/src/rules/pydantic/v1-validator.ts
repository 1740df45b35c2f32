import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type OldValidator, oldValidatorsOf } from '../../fastapi/pydantic/validators.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';

export const v1Validator = defineRule({
  name: 'pydantic/v1-validator',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    deprecated:
      '`@{name}` is Pydantic 1’s: Pydantic 2 still runs it and warns of it at every import. Use `@{instead}`.',
    fails:
      'Pydantic 2 refuses `@{name}` without `pre=True` or `skip_on_failure=True`: this class fails at import. Use `@{instead}`.',
    signature:
      'Pydantic 2 gives a validator no `{parameter}`: this class fails at import. Use `@{instead}` and its `info` parameter.',
  },
  fixes: {
    migrate: { applicability: 'quick', title: 'Use `@{instead}`' },
  },
  check: {
    function(site, { report, subject }) {
      for (const validator of oldValidatorsOf(subject, site)) {
        if (isPinnedBelow(subject.db, subject.path, 'pydantic', '2')) return;
        const { decorator, name, removed } = validator;
        const data = { name, instead: insteadOf(validator) };
        const fix = migrated(validator);
        if (validator.isRefused) report('fails', decorator, data, { level: 'error', fix });
        else if (removed !== undefined)
          report('signature', decorator, { ...data, parameter: removed }, { level: 'error' });
        else report('deprecated', decorator, data, { fix });
      }
    },
  },
});

function insteadOf({ kind, isBefore }: OldValidator): string {
  if (kind === 'validator') return 'field_validator';
  return `model_validator(mode="${isBefore ? 'before' : 'after'}")`;
}

/** The name of the decorator, `pre=True` as a mode, and `@classmethod` below: where nothing else changes. */
function migrated({ plain, kind }: OldValidator): FixPlan<'migrate'> | undefined {
  if (plain === undefined) return undefined;
  const name = kind === 'validator' ? 'field_validator' : 'model_validator';
  const { callee, mode, classMethod } = plain;
  return {
    fix: 'migrate',
    replace: [
      { start: callee.start, end: callee.end, text: name },
      ...(mode ? [{ ...mode, text: 'mode="before"' }] : []),
      ...(classMethod ? [classMethod] : []),
    ],
    ...(plain.isImported && { imports: [{ module: 'pydantic', name }] }),
  };
}
