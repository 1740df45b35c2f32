import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type UnknownImport, unknownImports } from '../../fastapi/imports.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { ImportSite } from '../../python/sites.ts';

export const unknownImport = defineRule({
  name: 'project/unknown-import',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    module:
      'There is no module `{module}`: this import fails, and with it everything that imports this file.',
    moduleMoved: 'There is no module `{module}`: this import fails. `{name}` lives in `{home}`.',
    name: '`{module}` has no `{name}`: this import fails, and with it everything that imports this file.',
    nameMoved: '`{module}` has no `{name}`: this import fails. It lives in `{home}`.',
  },
  fixes: {
    move: { applicability: 'quick', title: 'Import it from `{home}`' },
  },
  check: {
    import(site, { report, subject }) {
      const unknown = unknownImports(subject, site);
      for (const one of unknown) {
        const { kind, module, name, home, at } = one;
        const data = { module, ...(name && { name }), ...(home && { home }) };
        if (home === undefined) report(kind, at, data);
        else
          report(kind === 'module' ? 'moduleMoved' : 'nameMoved', at, data, {
            fix: unknown.length === 1 ? moved(subject, site, one, home) : undefined,
          });
      }
    },
  },
});

/** The module is exchanged where all names move; a name that moves alone gets a line of its own. */
function moved(
  subject: Subject,
  { node }: ImportSite,
  { kind, module, name, at }: UnknownImport,
  home: string,
): FixPlan<'move'> | undefined {
  if (node.type !== 'import-from') return undefined;
  if (kind === 'module')
    return { fix: 'move', replace: [{ start: at.start, end: at.end, text: home }] };
  const rest = node.names.filter((one) => one.name !== name);
  const text = subject.textOf(node);
  if (rest.length === 0) {
    const start = node.start + text.indexOf(module);
    return { fix: 'move', replace: [{ start, end: start + module.length, text: home }] };
  }
  // Over several lines or with comments, taking a name out is left to the editor of the file.
  if (/[()\n#\\]/.test(text)) return undefined;
  const spelled = (one: (typeof node.names)[number]) => subject.textOf(one);
  const own = node.names.filter((one) => one.name === name).map(spelled);
  const replacement = `from ${module} import ${rest.map(spelled).join(', ')}\nfrom ${home} import ${own.join(', ')}`;
  return { fix: 'move', replace: [{ start: node.start, end: node.end, text: replacement }] };
}
