import { defineRule, type FixPlan } from '../../engine/rule.ts';
import {
  type ModelConfig,
  modelConfigOf,
  standsAlone,
} from '../../fastapi/pydantic/model-config.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import type { ClassSite } from '../../python/sites.ts';

export const v1Config = defineRule({
  name: 'pydantic/v1-config',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    deprecated:
      '`class Config` is how Pydantic 1 was configured: Pydantic 2 warns at every import, and Pydantic 3 will not read it. Write `model_config = {instead}(...)`.',
    ignored:
      'Pydantic 2 does nothing with {keys} of `class Config`, and warns of it at every import. Write `model_config = {instead}(...)` with the new names.',
  },
  fixes: {
    config: { applicability: 'safe', title: 'Write `model_config = {instead}(...)`' },
    rename: {
      applicability: 'quick',
      title: 'Write `model_config = {instead}(...)` with the new names',
    },
  },
  check: {
    class(site, { report, subject }) {
      const config = modelConfigOf(subject, site);
      if (config === undefined || isPinnedBelow(subject.db, subject.path, 'pydantic', '2')) return;
      const instead = config.kind === 'settings' ? 'SettingsConfigDict' : 'ConfigDict';
      const { nameStart, name } = site.node;
      const keys = config.ignored.map((key) => `\`${key}\``).join(', ');
      report(
        keys === '' ? 'deprecated' : 'ignored',
        { start: nameStart, end: nameStart + name.length },
        { instead, ...(keys !== '' && { keys }) },
        { fix: asCall(subject, site, config, instead) },
      );
    },
  },
});

/** The header becomes `model_config = ConfigDict(`, each line an argument, and `)` comes after the last. */
function asCall(
  subject: Subject,
  { node }: ClassSite,
  { keys, kind, changes }: ModelConfig,
  instead: string,
): FixPlan<'config' | 'rename'> | undefined {
  const [first] = keys ?? [];
  if (keys === undefined || first === undefined) return undefined;
  if (!keys.every((key) => standsAlone(subject, key))) return undefined;
  const head = /^class\s+Config\s*(?:\(\s*\))?\s*:/.exec(subject.textOf(node))?.[0];
  if (head === undefined) return undefined;
  const last = keys.length - 1;
  const indent = indentAt(subject, node.start);
  return {
    fix: changes ? 'rename' : 'config',
    replace: [
      { start: node.start, end: node.start + head.length, text: `model_config = ${instead}(` },
      ...keys.flatMap(({ statement, block, name, renamed }, index) => {
        const { targets, value } = statement;
        const start = targets[0]?.start ?? statement.start;
        const from = value?.start ?? statement.end;
        const close = index === last ? `,\n${indent})` : ',';
        return [
          { start, end: from, block, text: `${renamed ?? name}=` },
          { start: statement.end, end: statement.end, block, text: close },
        ];
      }),
    ],
    imports: [{ module: kind === 'settings' ? 'pydantic_settings' : 'pydantic', name: instead }],
  };
}
