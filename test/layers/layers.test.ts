import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, violations } from './layers.ts';

const source = path.resolve(import.meta.dirname, '../../server/src');

describe('the folders of server/src', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.ts'));

  test('are there', () => expect(files.length).toBeGreaterThan(10));

  test('import only what is to their left', () => {
    const found = files.flatMap((file) =>
      violations(file, readFileSync(path.join(source, file), 'utf8')),
    );
    expect(found.map((each) => `${each.file} → ${each.specifier}: ${each.why}`)).toEqual([]);
  });
});

describe('the check itself', () => {
  const forbidden: readonly [file: string, code: string][] = [
    ['python/scopes.ts', "import { app } from '../fastapi/app.ts';"],
    ['python/deep/scopes.ts', "export * from '../../rules/all.ts';"],
    ['project/discover.ts', "import { readFile } from 'node:fs/promises';"],
    ['engine/create.ts', "import type { Connection } from 'vscode-languageserver';"],
    ['engine/create.ts', "const fs = await import('node:fs');"],
    ['rules/async/x.ts', "import { create } from '../../engine/create.ts';"],
    ['fastapi/app.ts', "import type { Level } from '../engine/rule.ts';"],
    ['fastapi/app.ts', "import { lost } from './async/tasks.ts';"],
    ['rules/database/x.ts', "import { lost } from '../../fastapi/async/tasks.ts';"],
    ['python/scopes.ts', "import Parser from 'tree-sitter';"],
    ['engine/create.ts', "import { Parser } from 'web-tree-sitter';"],
    ['query/database.ts', "import { node } from '../syntax/nodes.ts';"],
    ['knowledge/blocking.ts', "import x from 'some-package';"],
    ['lsp/server.ts', "import { run } from '../cli/run.ts';"],
    ['lsp/server.ts', "import { readFile } from 'node:fs/promises';"],
    ['lsp/server.ts', "import { activate } from '../../../client/src/extension.ts';"],
    ['main.node.ts', "import '../../client/src/extension.ts';"],
    ['engine/create.ts', "import { startServer } from '../main.node.ts';"],
    ['utils/x.ts', "import { a } from '../syntax/nodes.ts';"],
    ['python/a.ts', "import {\n  type A,\n  b,\n} from '../lsp/server.ts';"],
  ];
  test.each(forbidden)('catches %s: %s', (file, code) => {
    expect(violations(file, code)).toHaveLength(1);
  });

  const allowed: readonly [file: string, code: string][] = [
    ['fastapi/app.ts', "import { scope } from '../python/scopes.ts';"],
    ['python/a.ts', "import { b } from './b.ts';"],
    ['rules/async/x.ts', "import { lost } from '../../fastapi/async/tasks.ts';"],
    ['rules/database/x.ts', "import { effects } from '../../fastapi/effects/effects.ts';"],
    ['python/a.ts', "import { query } from '../query/database.ts';"],
    ['rules/async/x.ts', "import { defineRule } from '../../engine/rule.ts';"],
    ['syntax/web.ts', "import { Parser } from 'web-tree-sitter';"],
    ['cli/run.ts', "import { stat } from 'node:fs/promises';"],
    ['main.node.ts', "import { startServer } from './lsp/server.ts';"],
    [
      'python/a.ts',
      "// import { b } from '../lsp/b.ts'\nconst url = 'http://x'; /* from '../lsp/x.ts' */",
    ],
    ['python/a.test.ts', "import { readFileSync } from 'node:fs';"],
  ];
  test.each(allowed)('allows %s: %s', (file, code) => {
    expect(violations(file, code)).toEqual([]);
  });

  test('reads every form of import', () => {
    const code =
      "import 'a';\nimport b from \"b\";\nexport { c } from 'c';\nimport('d');\nrequire('e')";
    expect([...importsOf(code)].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
