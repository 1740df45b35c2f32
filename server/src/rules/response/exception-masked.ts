import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type Masked, maskedIn } from '../../fastapi/masking.ts';
import { runsForNoClient, runsInMiddleware } from '../../fastapi/response/clientless.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Statement } from '../../syntax/nodes.ts';
import { ownStatements } from '../../syntax/walk.ts';

export const exceptionMasked = defineRule({
  name: 'response/exception-masked',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    raised:
      '`{raised}` never reaches the client: `{handler}` below catches it and answers something else. Put `except {exception}: raise` before it.',
    call: '`{call}` may raise `{raised}`, which never reaches the client: `{handler}` below catches it and answers something else. Put `except {exception}: raise` before it.',
  },
  fixes: {
    pass: { applicability: 'quick', title: 'Let `{exception}` pass' },
  },
  check: {
    function(site, { report, subject }) {
      const found = maskedIn(subject.db, site);
      if (found.length === 0 || runsForNoClient(subject.db, site.id)) return;
      for (const masked of found) {
        const { raised, at, through, handler } = masked;
        const data = {
          raised: raised.text,
          handler: headOf(subject, masked),
          exception: 'HTTPException',
          ...(through && { call: subject.textOf(through.callee) }),
        };
        const caught = { at: handler, message: `${data.handler}:` };
        const origin = { at: raised.at, message: `raise ${raised.text}` };
        report(through ? 'call' : 'raised', at, data, {
          // Whether the call ever raises it is for its arguments to say.
          level: through ? 'info' : 'warning',
          related: through ? [caught, origin] : [caught],
          // What is let through in a middleware is answered with 500.
          fix: subject.db.get(runsInMiddleware, site.id) ? undefined : passingOn(subject, masked),
        });
      }
    },
  },
});

/** It answers, logs, or puts a text together. */
function onlyAnswers(statement: Statement): boolean {
  if (statement.type !== 'expression')
    return /^(?:raise|return|assign|if|pass)$/.test(statement.type);
  const { value } = statement;
  if (value.type !== 'call') return value.type === 'string';
  const { callee } = value;
  return callee.type === 'name'
    ? callee.id === 'print'
    : callee.type === 'attribute' && SPEAKS.test(callee.name);
}

const SPEAKS =
  /^(?:debug|info|warn|warning|error|exception|critical|log|print_exc|capture_exception)$/;

/** `except Exception as error` of a handler. */
function headOf(subject: Subject, { handler }: Masked): string {
  return subject.textOf(handler).split(/:\s*(?:#.*)?\r?\n|:\s/, 1)[0] ?? 'except';
}

/** Puts `except HTTPException: raise` before the handler, in its indentation. What the handler cleans up has to be done then, too. */
function passingOn(subject: Subject, { raised, handler }: Masked): FixPlan<'pass'> | undefined {
  if (![...ownStatements(handler.body)].every(onlyAnswers)) return undefined;
  const before = subject.textOf({ start: 0, end: handler.start });
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (line.trim() !== '' || !before.includes('\n')) return undefined;
  const step = line.includes('\t') ? '\t' : '    ';
  const text = `except HTTPException:\n${line}${step}raise\n${line}`;
  const module = raised.isFastApi ? 'fastapi' : 'starlette.exceptions';
  return {
    fix: 'pass',
    replace: [{ start: handler.start, end: handler.start, text }],
    imports: [{ module, name: 'HTTPException' }],
  };
}
