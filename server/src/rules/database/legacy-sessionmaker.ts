import { defineRule } from '../../engine/rule.ts';
import { legacyDeclarative, legacyMaker } from '../../fastapi/database/legacy-sqlalchemy.ts';

export const legacySessionmaker = defineRule({
  name: 'database/legacy-sessionmaker',
  level: 'hint',
  since: '0.1.0',
  silentIn: ['migration'],
  messages: {
    maker:
      '`sessionmaker(class_={session})` was the way before SQLAlchemy 2.0. `async_sessionmaker(...)` makes the same sessions, ' +
      'and type checkers know what it gives.',
    declarative:
      '`sqlalchemy.ext.declarative` is where {names} lived before SQLAlchemy 2.0. Import from `sqlalchemy.orm`.',
  },
  fixes: {
    maker: { applicability: 'safe', title: 'Use `async_sessionmaker(...)`' },
    declarative: { applicability: 'safe', title: 'Import from `sqlalchemy.orm`' },
  },
  check: {
    call(call, { report, subject }) {
      const found = legacyMaker(subject, call);
      if (found === undefined) return;
      const { session, replace } = found;
      const imports = [{ module: 'sqlalchemy.ext.asyncio', name: 'async_sessionmaker' }];
      report('maker', call.node.callee, { session }, { fix: { fix: 'maker', replace, imports } });
    },
    import(site, { report, subject }) {
      if (site.isConditional) return;
      const found = legacyDeclarative(subject, site);
      if (found === undefined) return;
      const { module, names, isWhole } = found;
      const text = names.map((name) => `\`${name}\``).join(', ');
      const fix = isWhole
        ? ({ fix: 'declarative', replace: [{ ...module, text: 'sqlalchemy.orm' }] } as const)
        : undefined;
      report('declarative', module, { names: text }, { fix });
    },
  },
});
