import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { createTokenizer } from './tokenizer.ts';

let tokenize: (text: string) => string;

// On a fresh clone it installs the editor.
beforeAll(async () => {
  tokenize = await createTokenizer();
}, 600_000);

test.for(['paths', 'suppressions'])('the scopes of %s.py', async (name) => {
  const file = path.join(import.meta.dirname, `${name}.py`);
  await expect(tokenize(readFileSync(file, 'utf8'))).toMatchFileSnapshot(`${name}.scopes.txt`);
});
