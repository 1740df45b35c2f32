// `npm run bench`: ratios against the bare parse time of the same files and, with --peer, against other tools.
import { globSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { build } from '../../client/scripts/build.mjs';
import { root } from '../../client/scripts/toolchain.mjs';
import { SERVER_FLAGS } from '../../client/src/serverFlags.ts';
import { pythonEnvironment } from '../python/environment.mjs';
import { broken } from './bounds.ts';
import { measureEdits } from './edits.ts';
import { generatedProject } from './generate.ts';
import { ms, table } from './numbers.ts';
import { measureWhole } from './whole.ts';

const usage = `npm run bench -- [options]
  --project DIR         instead of FastAPI's own examples and a generated project; may be repeated
  --peer NAME=COMMAND   a language server that gets the same edits; may be repeated
  --peer-check NAME=COMMAND   a command that checks the same folders ({} stands for the folder); may be repeated
  --only whole|edits    one part only
  --repeat N            how often whole projects are measured (5)
  --json FILE           the numbers, for programs
  --assert              exit with 1 where a generous bound is broken`;

const many = { type: 'string', multiple: true, default: [] };
let options;
try {
  ({ values: options } = parseArgs({
    options: {
      project: many,
      peer: many,
      'peer-check': many,
      only: { type: 'string' },
      repeat: { type: 'string', default: '5' },
      json: { type: 'string' },
      assert: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }));
} catch (error) {
  console.error(`${error.message}\n${usage}`);
  process.exit(2);
}
if (options.help) {
  console.log(usage);
  process.exit(0);
}

// What is shipped, made aside so that nobody who works with `dist` is disturbed.
const outdir = path.join('.cache', 'bench');
const shipped = (file) => path.join(root, outdir, file);
const folder = mkdtempSync(path.join(tmpdir(), 'fastapi-mentor-bench-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  await buildIfStale();
  const whole = options.only === 'edits' ? [] : await wholeProjects();
  const edits = options.only === 'whole' ? [] : await editedFiles();
  const faults = broken(whole, edits);
  if (options.json !== undefined) {
    const target = path.resolve(process.env.INIT_CWD ?? '.', options.json);
    const { version, platform, arch } = process;
    const machine = { node: version, platform, arch };
    writeFileSync(target, `${JSON.stringify({ machine, whole, edits, faults }, null, 2)}\n`);
  }
  for (const fault of faults) console.log(`\nBOUND BROKEN: ${fault}`);
  return options.assert && faults.length > 0 ? 1 : 0;
}

async function buildIfStale() {
  const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const built = changed(shipped('server.node.cjs'));
  const sources = globSync(
    '{server/src/**/*.{ts,json},client/scripts/build.mjs,package-lock.json}',
    {
      cwd: root,
    },
  );
  if (sources.some((file) => changed(path.join(root, file)) > built)) {
    await build({ production: true, outdir });
  }
}

function peersOf(given) {
  return given.map((each) => {
    const [, name, command] = /^([^=]+)=(.+)$/.exec(each) ?? [];
    if (name === undefined) throw new Error(`"${each}" is not NAME=COMMAND`);
    return { name, command };
  });
}

async function projects() {
  if (options.project.length > 0) {
    const from = process.env.INIT_CWD ?? '.';
    return options.project.map((each) => [path.basename(each), path.resolve(from, each)]);
  }
  const generated = path.join(folder, 'project');
  for (const [file, text] of generatedProject(250)) {
    mkdirSync(path.dirname(path.join(generated, file)), { recursive: true });
    writeFileSync(path.join(generated, file), text);
  }
  const { docsSrc } = await pythonEnvironment();
  return [
    ['docs_src', docsSrc],
    ['generated', generated],
  ];
}

async function wholeProjects() {
  const repeat = Math.max(1, Number(options.repeat) || 5);
  const peers = peersOf(options['peer-check']);
  const results = [];
  for (const [name, project] of await projects()) {
    results.push(await measureWhole(name, project, { repeat, peers, cli: shipped('cli.js') }));
  }
  console.log(`Whole projects, one thread, ms (median of ${repeat} processes)`);
  const head = ['project', 'files', 'lines', 'MB', 'findings', 'floor', 'check', 'ratio'];
  const rows = results.map((each) => [
    each.name,
    String(each.files),
    String(each.lines),
    (each.bytes / 1e6).toFixed(2),
    String(each.findings),
    ms(each.floor),
    ms(each.check),
    `${each.ratio.toFixed(1)}x`,
  ]);
  console.log(table(head, rows));
  console.log('\nThe model: every route with its dependencies (ratio to the floor)');
  const models = results.map(({ name, model }) => [
    name,
    String(model.routes),
    ms(model.time),
    `${model.ratio.toFixed(1)}x`,
    `${model.warmRatio.toFixed(1)}x`,
  ]);
  console.log(table(['project', 'routes', 'model', 'ratio', 'warm'], models));
  const phases = Object.keys(results[0]?.phases ?? {});
  console.log('\nWhere the time goes, ms');
  const byPhase = results.map((each) => [each.name, ...phases.map((one) => ms(each.phases[one]))]);
  console.log(table(['project', ...phases], byPhase));
  if (peers.length > 0) {
    console.log('\nWhole commands, ms (ratio: ours to theirs)');
    const commands = results.flatMap((each) =>
      each.commands.map((one) => [each.name, one.name, ms(one.time), `${one.ratio.toFixed(1)}x`]),
    );
    console.log(table(['project', 'command', 'time', 'ratio'], commands));
  }
  return results;
}

async function editedFiles() {
  const servers = [
    // As the extension starts it.
    {
      name: 'fastapi-mentor',
      command: [process.execPath, ...SERVER_FLAGS, shipped('server.node.cjs'), '--stdio'],
    },
    ...peersOf(options.peer),
  ];
  const results = [];
  for (const lines of [1000, 10_000]) {
    for (const { name, command } of servers) {
      const place = path.join(folder, `edits-${lines}`);
      results.push(await measureEdits(name, command, lines, place));
    }
  }
  console.log(
    '\nFrom an edit to its findings, ms: p50 / p95 / max; full: another file of that size',
  );
  const head = [
    'server',
    'by',
    'lines',
    'full',
    'in a body',
    'line at the top',
    'signature',
    'RSS MB',
  ];
  const spell = ({ p50, p95, max }) => `${ms(p50)} / ${ms(p95)} / ${ms(max)}`;
  const rows = results.map((each) => [
    each.server,
    each.mode,
    String(each.lines),
    ms(each.full),
    spell(each.body),
    spell(each.top),
    spell(each.signature),
    'rss' in each.memory ? (each.memory.rss / 1e6).toFixed(0) : '–',
  ]);
  console.log(table(head, rows));
  const skipped = results.find((each) => 'skipped' in each.memory);
  if (skipped !== undefined) console.log(`memory is skipped: ${skipped.memory.skipped}`);
  return results;
}
