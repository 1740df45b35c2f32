import { defineRule, type FixPlan, type Place } from '../../engine/rule.ts';
import { isDetailHandled } from '../../fastapi/handling.ts';
import { exceptionIn, statusArguments } from '../../fastapi/misuse.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import { isNamedStatus } from '../../fastapi/statuses.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Expression } from '../../syntax/nodes.ts';

export const exceptionArguments = defineRule({
  name: 'response/exception-arguments',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    swapped:
      'The status comes first: with a text as status the client gets 500. Write `{call}({status}, {detail})`.',
    text: 'A status is a number: with a text the client gets 500. Write `{status}`.',
    words: '`{call}` takes the status first: with a text as status the client gets 500.',
    exception:
      '`{name}` is an exception, which JSON has no form for: the client gets 500, and not this answer. Send a text.',
  },
  fixes: {
    swap: { applicability: 'quick', title: 'Put the status first' },
    number: { applicability: 'quick', title: 'Write `{status}`' },
  },
  check: {
    call({ name, node, scope }, { report, subject }) {
      const given = statusArguments(name, node);
      if (given === undefined || subject.purpose === 'test') return;
      const { status, content, isException } = given;
      const call = subject.textOf(node.callee);
      if (status !== undefined && isText(status)) {
        const number = digitsOf(status);
        const other = content && isStatus(subject, content, scope) ? content : undefined;
        if (number !== undefined)
          report('text', node, { status: number }, { fix: asNumber(status) });
        else if (other === undefined) report('words', node, { call });
        else
          report(
            'swapped',
            node,
            { call, status: subject.textOf(other), detail: subject.textOf(status) },
            { fix: swap(subject, status, other) },
          );
        return;
      }
      const exception = content && exceptionIn(subject, content, scope);
      if (exception === undefined || (isException && isDetailHandled(subject.db))) return;
      report('exception', node, { name: subject.textOf(exception) });
    },
    route({ decorator }, { report, subject }) {
      const status = argumentOf(decorator, 'status_code');
      const number = status && digitsOf(status);
      if (status === undefined || number === undefined || subject.purpose === 'test') return;
      report('text', status, { status: number }, { fix: asNumber(status) });
    },
  },
});

function isText(expression: Expression): boolean {
  return expression.type === 'string' || expression.type === 'fstring';
}

function digitsOf(expression: Expression): string | undefined {
  return expression.type === 'string' && /^\d{3}$/.test(expression.value)
    ? expression.value
    : undefined;
}

function isStatus(subject: Subject, expression: Expression, scope: string): boolean {
  return expression.type === 'number' || isNamedStatus(subject, expression, scope);
}

function asNumber(status: Expression): FixPlan<'number'> | undefined {
  const text = digitsOf(status);
  if (text === undefined) return undefined;
  return { fix: 'number', replace: [{ start: status.start, end: status.end, text }] };
}

function swap(subject: Subject, one: Place, other: Place): FixPlan<'swap'> {
  const [a, b] = [subject.textOf(one), subject.textOf(other)];
  return {
    fix: 'swap',
    replace: [
      { start: one.start, end: one.end, text: b },
      { start: other.start, end: other.end, text: a },
    ],
  };
}
