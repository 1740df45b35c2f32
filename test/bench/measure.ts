/** One measurement in a process of its own: `node measure.ts floor|model|check|phases FOLDER` prints its numbers as JSON. */
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { blockFindings } from '../../server/src/engine/findings.ts';
import { applications } from '../../server/src/fastapi/running/project.ts';
import type { Parser } from '../../server/src/syntax/parser.ts';
import { allIds, fileShape, lowered } from '../../server/src/syntax/source.ts';
import { type Checkout, openCheckout, readCheckout } from '../corpus/checkout.ts';
import { linesIn } from '../corpus/text.ts';
import { wasmParser } from '../support/parser.ts';

export interface Measured {
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  /** In milliseconds, by the name of what was timed. */
  readonly times: Readonly<Record<string, number>>;
  readonly findings?: number;
  readonly routes?: number;
}

/** How often something runs until it is compiled. */
const WARMING = 8;

const [what = '', folder = ''] = process.argv.slice(2);
const checkout = await readCheckout(folder);
const parser = await wasmParser();
const { files } = checkout;
const measured: Measured = {
  files: files.length,
  lines: files.reduce((sum, { text }) => sum + linesIn(text).length, 0),
  bytes: files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0),
  ...measure(),
};
process.stdout.write(JSON.stringify(measured));

function measure(): Pick<Measured, 'times' | 'findings' | 'routes'> {
  switch (what) {
    case 'floor':
      return { times: { floor: timed(() => parseAll(checkout)) } };
    case 'model':
      return model();
    case 'check':
      return check();
    case 'phases':
      return { times: phases() };
    default:
      throw new Error(`there is nothing like "${what}" to measure`);
  }
}

function parseAll({ files: all }: Checkout): void {
  for (const { text } of all) parser.parse(text).free();
}

/** Every route of the project, with its dependencies: once as a process begins, and once when the code is warm. */
function model() {
  let routes = 0;
  const once = () =>
    timed(() => {
      const workspace = openCheckout(checkout, { parser });
      // The paths become known with the first question.
      workspace.diagnose('');
      routes = workspace.db
        .get(applications, '')
        .reduce((sum, application) => sum + application.routes.length, 0);
    });
  const cold = once();
  for (let round = 0; round < WARMING; round++) once();
  const warm = Math.min(...Array.from({ length: WARMING }, once));
  const floors = Array.from({ length: WARMING }, () => timed(() => parseAll(checkout)));
  return { times: { model: cold, warmModel: warm, warmFloor: Math.min(...floors) }, routes };
}

function check() {
  // As the command line does.
  setFlagsFromString('--no-opt');
  let findings = 0;
  const time = timed(() => {
    const workspace = openCheckout(checkout, { parser });
    for (const { path } of files) findings += workspace.diagnose(path).length;
  });
  return { times: { check: time }, findings };
}

/** The same work as `check`, one kind of it after the other. */
function phases(): Record<string, number> {
  let parsing = 0;
  const clocked: Parser = {
    name: parser.name,
    parse(text, previous) {
      const started = performance.now();
      try {
        return parser.parse(text, previous);
      } finally {
        parsing += performance.now() - started;
      }
    },
  };
  let workspace = openCheckout(checkout, { parser: clocked }, []);
  const split = timed(() => {
    workspace = openCheckout(checkout, { parser: clocked });
  });
  const { db } = workspace;
  const blocks = files.flatMap(({ path }) => allIds(db.get(fileShape, path)));
  const parseAndLower = timed(() => {
    for (const block of blocks) db.get(lowered, block);
  });
  const rules = timed(() => {
    // The paths become known with the first question.
    workspace.diagnose('');
    for (const block of blocks) db.get(blockFindings, block);
  });
  const assembling = timed(() => {
    for (const { path } of files) workspace.diagnose(path);
  });
  return { split, parse: parsing, lower: parseAndLower - parsing, rules, assembling };
}

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
