import { defineRule } from '../../engine/rule.ts';
import { unencodedErrors } from '../../fastapi/response/unencoded.ts';

export const validationErrorsNotEncoded = defineRule({
  name: 'response/validation-errors-not-encoded',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
  proof: true,
  messages: {
    context:
      '`{errors}` holds the exception of a validator that raised `ValueError`, which JSON has no form for: the client gets 500 in place of the errors. Send `jsonable_encoder({errors})`.',
  },
  fixes: {
    encode: { applicability: 'safe', title: 'Send `jsonable_encoder({errors})`' },
  },
  check: {
    call({ name, node, scope }, { report, subject }) {
      const errors = unencodedErrors(subject, name, node, scope);
      if (errors === undefined) return;
      const text = subject.textOf(errors);
      const { start, end } = errors;
      report(
        'context',
        node,
        { errors: text },
        {
          fix: {
            fix: 'encode',
            replace: [{ start, end, text: `jsonable_encoder(${text})` }],
            imports: [{ module: 'fastapi.encoders', name: 'jsonable_encoder' }],
          },
        },
      );
    },
  },
});
