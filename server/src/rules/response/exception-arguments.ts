import { defineRule, type FixPlan, type Place } from '../../engine/rule.ts';
import { isDetailHandled } from '../../fastapi/handling.ts';
import {
  exceptionIn,
  quotedStatus,
  statusArguments,
  statusMistake,
} from '../../fastapi/response/misuse.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const exceptionArguments = defineRule({
  name: 'response/exception-arguments',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test'],
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
      if (given === undefined) return;
      const mistake = statusMistake(subject, given, scope);
      if (mistake !== undefined) {
        const { kind, text, status, other } = mistake;
        const data = { call: subject.textOf(node.callee), detail: subject.textOf(text) };
        const fix = other ? swap(subject, text, other) : status && asNumber(text, status);
        report(kind, node, { ...data, ...(status && { status }) }, fix ? { fix } : {});
        return;
      }
      const { content, isException } = given;
      const exception = content && exceptionIn(subject, content, scope);
      if (exception === undefined || (isException && isDetailHandled(subject.db))) return;
      report('exception', node, { name: subject.textOf(exception) });
    },
    route({ decorator }, { report }) {
      const given = argumentOf(decorator, 'status_code');
      const status = given && quotedStatus(given);
      if (given === undefined || status === undefined) return;
      report('text', given, { status }, { fix: asNumber(given, status) });
    },
  },
});

function asNumber({ start, end }: Place, text: string): FixPlan<'number'> {
  return { fix: 'number', replace: [{ start, end, text }] };
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
