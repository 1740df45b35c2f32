// Writes what is made of the rules' metadata and pages: the Korean messages, the index of the rules, the table in the
// README. Under Node 24: `node test/rules/generate.mjs`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles, root } from './generated.ts';

for (const [path, text] of generatedFiles()) {
  const absolute = join(root, path);
  if (existsSync(absolute) && readFileSync(absolute, 'utf8') === text) continue;
  writeFileSync(absolute, text);
  console.log(`wrote ${path}`);
}
