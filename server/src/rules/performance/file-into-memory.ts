import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { NamedCall } from '../../fastapi/calls.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { type WholeFile, wholeFileAnswered } from '../../fastapi/whole-files.ts';
import { spelled } from '../../syntax/spelled.ts';

export const fileIntoMemory = defineRule({
  name: 'performance/file-into-memory',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    whole:
      '`{read}` holds the whole file in memory for every request that asks for it. ' +
      '`FileResponse({path})` sends it in pieces, and answers `Range` and `If-None-Match` as well.',
  },
  fixes: { send: { applicability: 'quick', title: 'Send it with `FileResponse`' } },
  check: {
    call(call, { report, subject }) {
      const file = wholeFileAnswered(subject, call);
      if (file === undefined) return;
      report(
        'whole',
        file.read.callee,
        { read: spelled(file.read.callee), path: subject.textOf(file.path) },
        { fix: sent(subject, call, file) },
      );
    },
  },
});

const MEDIA: Readonly<Record<string, string>> = {
  HTMLResponse: 'text/html',
  PlainTextResponse: 'text/plain',
};

/** `Response(Path(p).read_bytes(), headers=h)` becomes `FileResponse(Path(p), headers=h)`. */
function sent(subject: Subject, call: NamedCall, file: WholeFile): FixPlan<'send'> | undefined {
  const [first, ...rest] = call.node.args;
  if (!file.isDirect || first === undefined) return undefined;
  if (first.name !== undefined && first.name !== 'content') return undefined;
  // What stands by its place stands elsewhere in a `FileResponse`.
  if (rest.some(({ name }) => name === undefined)) return undefined;
  const media = MEDIA[call.name.slice(call.name.lastIndexOf('.') + 1)];
  const path = subject.textOf(file.path);
  const said =
    media !== undefined && argumentOf(call.node, 'media_type') === undefined
      ? `, media_type="${media}"`
      : '';
  return {
    fix: 'send',
    replace: [
      { start: call.node.callee.start, end: call.node.callee.end, text: 'FileResponse' },
      { start: first.start, end: first.end, text: `${path}${said}` },
    ],
    imports: [{ module: 'fastapi.responses', name: 'FileResponse' }],
  };
}
