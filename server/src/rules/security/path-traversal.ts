import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type RequestPath, requestPath } from '../../fastapi/request-paths.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const pathTraversal = defineRule({
  name: 'security/path-traversal',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    upload:
      '`{source}` is what the client says, and may be `../../app/main.py`: this path then leads out of its folder. Take the last part alone, `Path({source}).name`, or a name of your own.',
    parameter:
      '`{source}` comes from the request, and may hold `../`: this path then leads out of its folder. Resolve it, and answer 404 unless it `is_relative_to` the folder.',
  },
  fixes: {
    name: { applicability: 'quick', title: 'Take the last part alone: `Path({source}).name`' },
  },
  check: {
    anyCall(call, { report, subject }) {
      if (subject.purpose !== 'application') return;
      const found = requestPath(subject, call);
      if (found === undefined) return;
      const { at, source, isUpload } = found;
      const data = { source: subject.textOf(source) };
      if (isUpload) report('upload', at, data, { fix: lastPart(subject, found) });
      else report('parameter', at, data);
    },
  },
});

function lastPart(subject: Subject, { source }: RequestPath): FixPlan<'name'> {
  const { start, end } = source;
  return {
    fix: 'name',
    replace: [{ start, end, text: `Path(${subject.textOf(source)}).name` }],
    imports: [{ module: 'pathlib', name: 'Path' }],
  };
}
