import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { injectionInBody } from '../../fastapi/dependencies/misplaced.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Assign, FunctionDef } from '../../syntax/nodes.ts';

export const outsideSignature = defineRule({
  name: 'dependencies/outside-signature',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    body: '`{call}` in a body calls nothing: it is an object that only says what is wanted, and FastAPI reads it in signatures alone. Make it a parameter.',
    attribute:
      '`{call}` in a body calls nothing, so `{target}` is never what it should give. Let `__init__` take it as a parameter, and depend on the class.',
  },
  fixes: {
    parameter: { applicability: 'quick', title: 'Make it a parameter' },
  },
  check: {
    anyCall(site, { report, subject }) {
      const found = injectionInBody(subject, site);
      if (found === undefined) return;
      const { node, function: around } = site;
      const call = `${subject.textOf(node.callee)}(${node.args[0] ? subject.textOf(node.args[0].value) : ''})`;
      const { target, assignment } = found;
      const fix = assignment && around && asParameter(subject, around, assignment);
      report(target ? 'attribute' : 'body', node, { call, ...(target && { target }) }, { fix });
    },
  },
});

/** An assignment that is a line of the function's own body moves behind the last parameter, as it is written. */
function asParameter(
  subject: Subject,
  { parameters, parametersEnd, body }: FunctionDef,
  statement: Assign,
): FixPlan<'parameter'> | undefined {
  const index = body.indexOf(statement);
  const next = body[index + 1];
  const [target] = statement.targets;
  if (index < 0 || next === undefined || target?.type !== 'name') return undefined;
  if (parameters.some(({ kind, name }) => kind === '**' || name === target.id)) return undefined;
  const last = parameters[parameters.length - 1];
  const text = subject.textOf(statement);
  if (text.includes('\n') || statement.targets.length > 1) return undefined;
  // Behind a trailing comma, or right after the bracket, stands nothing that must be parted.
  const at = last?.end ?? parametersEnd - 1;
  const inserted = { start: at, end: at, text: last ? `, ${text}` : text };
  return {
    fix: 'parameter',
    replace: [inserted, { start: statement.start, end: next.start, text: '' }],
  };
}
