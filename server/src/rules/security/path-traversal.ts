import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { spelled } from '../../fastapi/calls.ts';
import { type RequestPath, requestPathsIn } from '../../fastapi/security/request-paths.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const pathTraversal = defineRule({
  name: 'security/path-traversal',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    upload:
      '`{source}` is what the client says, and may be `../../app/main.py`: `{call}` then goes out of its folder. Take the last part alone, `Path({source}).name`, or a name of your own.',
    parameter:
      '`{source}` comes from the request, and may hold `../`: `{call}` then goes out of its folder. Resolve the path, and answer 404 unless it `is_relative_to` the folder.',
  },
  fixes: {
    name: { applicability: 'quick', title: 'Take the last part alone: `Path({source}).name`' },
  },
  check: {
    function(site, { report, subject }) {
      for (const found of requestPathsIn(subject, site)) {
        const { call, source, isUpload } = found;
        const { callee } = call;
        const data = { source: subject.textOf(source), call: spelled(callee) };
        const related = [{ at: callee, message: spelled(callee) }];
        if (isUpload) report('upload', source, data, { fix: lastPart(subject, found), related });
        else report('parameter', source, data, { related });
      }
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
