import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { namesGiven, roleOf } from '../../fastapi/security/literal-roles.ts';
import { secretIn } from '../../fastapi/security/secrets.ts';
import { isSecretName } from '../../knowledge/secrets.ts';
import type { LiteralSite } from '../../python/sites.ts';
import type { Expression } from '../../syntax/nodes.ts';

export const hardcodedSecret = defineRule({
  name: 'security/hardcoded-secret',
  level: 'error',
  since: '0.1.0',
  messages: {
    named:
      '`{name}` is written into the source: whoever reads the repository, its history or an image has it. Read it from settings.',
    key: '`{name}` signs, and it is written into the source: whoever reads the repository can sign as you. Read it from settings.',
    used: 'The key for `{name}` is written into the source: whoever reads the repository can sign as you. Read it from settings.',
    compared:
      '`{name}` is checked against a value in the source: whoever reads the repository gets in. Read it from settings.',
    fallback:
      'When `{name}` is not set, this literal is used, and everybody can know it. Leave it out, so that a missing secret stops the start.',
    setting:
      'The default of `{name}` is a secret in the source: whoever reads the repository has it, and nobody notices that it was never set. Leave the default out.',
    url: 'This address carries a password in the source. Read it from settings.',
    local:
      'This password is written into the source; as a default for local work it may reach production. Read it from settings.',
    shape: '{name} in the source: revoke it, and read the new one from settings.',
    tutorial:
      "This key stands in FastAPI's tutorial: everybody has it. Make your own, and read it from settings.",
  },
  fixes: {
    environment: { applicability: 'quick', title: 'Read it from the environment' },
  },
  check: {
    literal(site, { report, subject }) {
      const secret = secretIn(subject, site);
      if (secret === undefined) return;
      const level = subject.purpose === 'test' ? ('hint' as const) : undefined;
      const at = site.node;
      const fix = fromEnvironment(site);
      switch (secret.kind) {
        case 'named':
        case 'key':
        case 'compared':
          return report(secret.kind, at, { name: secret.name }, { ...(level && { level }), fix });
        case 'used':
          return report('used', at, { name: secret.use }, { ...(level && { level }), fix });
        case 'fallback':
          return report('fallback', at, { name: secret.name }, { level: level ?? 'warning' });
        case 'setting':
          return report('setting', at, { name: secret.name }, level ? { level } : {});
        case 'local':
          return report('local', at, {}, { level: level ?? 'warning' });
        case 'url':
          if (secret.isLocal) return report('local', at, {}, { level: level ?? 'warning' });
          return report('url', at, {}, level ? { level } : {});
        case 'tutorial':
          return report('tutorial', at, {}, { ...(level && { level }), fix });
        case 'shape':
          return report('shape', at, { name: secret.provider }, level ? { level } : {});
      }
    },
  },
});

/** `SECRET_KEY = "…"` in a module becomes `SECRET_KEY = os.environ["SECRET_KEY"]`. */
function fromEnvironment(site: LiteralSite): FixPlan<'environment'> | undefined {
  const { node, statements } = site;
  const role = roleOf(site);
  const statement = statements.at(-1);
  if (role.kind !== 'assigned' || role.owner !== 'module' || statement?.type !== 'assign')
    return undefined;
  const { targets, value } = statement;
  if (targets.some(({ type }) => type !== 'name') || value === undefined) return undefined;
  if (value !== node && !isEncoded(value, node)) return undefined;
  const name = namesGiven(site).find(isSecretName) ?? role.name;
  const read = `os.environ["${name.toUpperCase()}"]`;
  const isBytes = node.type === 'string' && node.bytes;
  return {
    fix: 'environment',
    replace: [{ start: node.start, end: node.end, text: isBytes ? `${read}.encode()` : read }],
    imports: [{ module: 'os' }],
  };
}

/** `"…".encode()` of just that literal. */
function isEncoded(value: Expression, node: Expression): boolean {
  return (
    value.type === 'call' &&
    value.callee.type === 'attribute' &&
    value.callee.name === 'encode' &&
    value.callee.object === node
  );
}
