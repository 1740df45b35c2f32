import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/src/engine/apply.ts';
import { suppressHere, suppressInFile } from '../../server/src/engine/suppressing.ts';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();
const SLEEP = 'async/blocking-sleep';

const found = (text: string) =>
  openWorkspace(parser, { 'main.py': text }).diagnose(pathOf('main.py'));

/** The text with the comment, for the first finding; every finding of its rule at that place is gone. */
function here(text: string): string {
  const [first] = found(text);
  if (first === undefined) throw new Error('nothing found');
  const result = applyEdits(text, [suppressHere(text, first.range.start, first.rule)]);
  const before = found(text).map(({ fingerprint }) => fingerprint);
  const after = found(result).map(({ fingerprint }) => fingerprint);
  expect(after).toHaveLength(before.length - 1);
  return result;
}

function inFile(text: string): string {
  const [first] = found(text);
  if (first === undefined) throw new Error('nothing found');
  const result = applyEdits(text, [suppressInFile(text, first.rule)]);
  expect(found(result).filter(({ rule }) => rule === first.rule)).toEqual([]);
  return result;
}

const head = 'import time\nasync def f() -> None:\n';

describe('on this line', () => {
  test.each([
    ['at its end', '    time.sleep(1)\n', `    time.sleep(1)  # mentor: ignore[${SLEEP}]\n`],
    [
      'after another comment',
      '    time.sleep(1)  # why\n',
      `    time.sleep(1)  # why  # mentor: ignore[${SLEEP}]\n`,
    ],
    [
      'at the end of the text',
      '    time.sleep(1)',
      `    time.sleep(1)  # mentor: ignore[${SLEEP}]`,
    ],
    [
      'with windows line ends',
      '    time.sleep(1)\r\n',
      `    time.sleep(1)  # mentor: ignore[${SLEEP}]\r\n`,
    ],
    [
      'into a comment that is there',
      '    time.sleep(1)  # mentor: ignore[response] why\n',
      undefined,
    ],
    [
      'above a long line',
      `    print("${'x'.repeat(60)}", time.sleep(1))\n`,
      `    # mentor: ignore[${SLEEP}]\n    print("${'x'.repeat(60)}", time.sleep(1))\n`,
    ],
    [
      'above a statement of many lines, with its indentation',
      '\tif True:\n\t\tprint(\n\t\t\t"a",\n\t\t\ttime.sleep(1),\n\t\t)\n',
      `\tif True:\n\t\t# mentor: ignore[${SLEEP}]\n\t\tprint(\n\t\t\t"a",\n\t\t\ttime.sleep(1),\n\t\t)\n`,
    ],
    [
      'above a string of many lines',
      '    x = f"""\n# {time.sleep(1)}\n"""\n',
      `    # mentor: ignore[${SLEEP}]\n    x = f"""\n# {time.sleep(1)}\n"""\n`,
    ],
    [
      'above a call chain',
      '    x = (\n        time.sleep(1)\n        .real\n    )\n',
      `    # mentor: ignore[${SLEEP}]\n    x = (\n        time.sleep(1)\n        .real\n    )\n`,
    ],
    [
      'above a continued line',
      '    x = 1 + \\\n        time.sleep(1)\n',
      `    # mentor: ignore[${SLEEP}]\n    x = 1 + \\\n        time.sleep(1)\n`,
    ],
    [
      'in a clause',
      '    if True:\n        pass\n    elif time.sleep(1):\n        pass\n',
      `    if True:\n        pass\n    elif time.sleep(1):  # mentor: ignore[${SLEEP}]\n        pass\n`,
    ],
  ])('%s', (_, body, expected) => {
    if (expected !== undefined) expect(here(head + body)).toBe(head + expected);
  });

  test('a comment that is there gets one more name', () => {
    const text = `${head}    import requests\n    time.sleep(requests.get("/"))  # mentor: ignore[${SLEEP}] both\n`;
    expect(here(text)).toContain(`# mentor: ignore[${SLEEP}, async/blocking-http] both`);
    const above = `${head}    import requests\n    # mentor: ignore[${SLEEP}]\n    time.sleep(requests.get("/"))\n`;
    expect(here(above)).toContain(`# mentor: ignore[${SLEEP}, async/blocking-http]\n`);
  });

  test.each(['ignore', 'ignore[]', 'ignore []'])('`%s` gets its first name', (word) => {
    const text = `${head}    time.sleep(1)  # mentor: ${word}\n`;
    const [first] = found(text);
    const edit = suppressHere(text, first?.range.start ?? { line: 0, character: 0 }, SLEEP);
    expect(found(applyEdits(text, [edit]))).toEqual([]);
  });
});

describe('in this file', () => {
  const body = `${head}    time.sleep(1)\n`;
  const comment = `# mentor: ignore-file[${SLEEP}]`;
  test.each([
    ['at its start', body, `${comment}\n${body}`],
    [
      'below its first comments',
      `#!/usr/bin/env python\n# Licence\n\n${body}`,
      `#!/usr/bin/env python\n# Licence\n${comment}\n\n${body}`,
    ],
    ['above its docstring', `"""Docs."""\n${body}`, `${comment}\n"""Docs."""\n${body}`],
    [
      'with windows line ends',
      body.replaceAll('\n', '\r\n'),
      `${comment}\r\n${body.replaceAll('\n', '\r\n')}`,
    ],
    [
      'into a comment that is there',
      `${body}# mentor: ignore-file[response]\n`,
      `${body}# mentor: ignore-file[response, ${SLEEP}]\n`,
    ],
  ])('%s', (_, text, expected) => expect(inFile(text)).toBe(expected));

  test('after a byte order mark', () => {
    expect(inFile(`\ufeff${body}`)).toBe(`\ufeff${comment}\n${body}`);
  });
});
