/**
 * What our reading of real files has in it is what CPython's own has, counted by kind and name. Left out, because we
 * read them otherwise on purpose: text of f-strings (only their expressions count), `\N{…}` in strings (stays as it
 * is), kinds of
 * line ends in strings, patterns of `case` other than the names they bind, and tuples (grammar gives some of them no node).
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Node } from '../../server/src/syntax/nodes.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { type PythonFile, pythonFilesIn } from '../support/files.ts';
import { readBlocks } from '../support/nodes.ts';
import { wasmParser } from '../support/parser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const more = process.env.FASTAPI_MENTOR_PYTHON_FILES;

test(
  'real files have in them what CPython says they have',
  async () => {
    const { python, docsSrc } = await pythonEnvironment();
    const folders = [join(root, 'test'), docsSrc, ...(more ? [more] : [])];
    const files = folders.flatMap((folder) =>
      pythonFilesIn(folder).map(({ path, text }) => ({ path: join(folder, path), text })),
    );
    const program = fileURLToPath(new URL('counts.py', import.meta.url));
    const answer = spawnSync(python, ['-X', 'utf8', program], {
      input: JSON.stringify(files.map((file) => file.path)),
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    expect(answer.stderr).toBe('');
    const theirs: (Record<string, number> | null)[] = JSON.parse(answer.stdout);
    expect(theirs).toHaveLength(files.length);
    const parser = await wasmParser();
    let compared = 0;
    for (const [index, file] of files.entries()) {
      const expected = theirs[index];
      if (!expected) continue;
      compared++;
      const different = differences(expected, count(file));
      expect.soft({ path: file.path, different }).toEqual({ path: file.path, different: [] });
    }
    console.info(`${compared} files compared, ${files.length - compared} not known to this Python`);
    expect(compared).toBeGreaterThan(400);

    function count({ text }: PythonFile): Map<string, number> {
      const counts = new Map<string, number>();
      for (const { lowered, block } of readBlocks(parser, text)) {
        expect.soft(lowered.errors, block.key).toEqual([]);
        // A header's body is a `pass` that stands for its members.
        const body = lowered.body.map((one) =>
          one.type === 'class' && block.members.length > 0 ? { ...one, body: [] } : one,
        );
        for (const label of labelsIn(body)) counts.set(label, (counts.get(label) ?? 0) + 1);
      }
      return counts;
    }
  },
  5 * 60_000,
);

function differences(expected: Record<string, number>, found: Map<string, number>): string[] {
  const labels = new Set([...Object.keys(expected), ...found.keys()]);
  return [...labels]
    .filter(
      (label) => !label.includes('\\N{') && (expected[label] ?? 0) !== (found.get(label) ?? 0),
    )
    .map((label) => `${label}: ${expected[label] ?? 0}, not ${found.get(label) ?? 0}`);
}

/** `kind name` of everything inside, as counts.py has it. */
function* labelsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const one of value) yield* labelsIn(one);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) yield* labelsOf(value as Node);
  for (const [key, part] of Object.entries(value)) {
    // The literals of a `case`.
    const isPattern = key === 'values' && 'binds' in value;
    if (!isPattern) yield* labelsIn(part);
  }
}

function* labelsOf(node: Node): Generator<string> {
  switch (node.type) {
    case 'name':
      yield `name ${node.id}`;
      return;
    case 'attribute':
      yield `attribute ${node.name}`;
      return;
    case 'string':
      yield `string ${node.value.replace(/\r\n?/g, '\n')}`;
      return;
    case 'true':
    case 'false':
    case 'none':
      yield `constant ${node.type.charAt(0).toUpperCase()}${node.type.slice(1)}`;
      return;
    case 'ellipsis':
      yield 'constant Ellipsis';
      return;
    case 'function':
    case 'lambda':
      yield node.type === 'function' ? `function ${node.name}` : 'lambda ';
      for (const { name } of node.parameters) yield `parameter ${name}`;
      return;
    case 'class':
      yield `class ${node.name}`;
      for (const { name, star } of node.bases)
        if (name !== undefined || star === '**') yield `keyword ${name ?? ''}`;
      return;
    case 'call':
      yield 'call ';
      for (const { name, star } of node.args)
        if (name !== undefined || star === '**') yield `keyword ${name ?? ''}`;
      return;
    case 'comprehension':
      yield 'comprehension ';
      for (const _ of node.clauses) yield 'clause ';
      return;
    case 'import':
    case 'import-from':
      yield node.type === 'import' ? 'import ' : `import-from ${'.'.repeat(node.level)}${node.module}`; // biome-ignore format: one thing
      for (const { name, alias } of node.names) yield `alias ${name}${alias ? ` as ${alias}` : ''}`;
      return;
    case 'try':
      yield 'try ';
      for (const { name } of node.handlers) yield `handler ${name ?? ''}`;
      return;
    case 'with':
      yield 'with ';
      for (const _ of node.items) yield 'item ';
      return;
    case 'match':
      yield 'match ';
      for (const { binds } of node.cases) {
        yield 'case ';
        for (const name of binds) yield `capture ${name}`;
      }
      return;
    // `if`s are counted by what is in them, boolean operators and slices nest otherwise, tuples see above.
    case 'if':
    case 'boolean':
    case 'slice':
    case 'starred':
    case 'tuple':
    case 'expression':
    case 'type-alias':
    case 'unknown':
    case 'unknown-statement':
      return;
    default:
      yield `${node.type} `;
  }
}
