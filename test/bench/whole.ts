/** A whole project against the bare parse time of the same files, each measured in processes of their own. */
import { execFile, spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Measured } from './measure.ts';
import { median } from './numbers.ts';

export interface Whole {
  readonly name: string;
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  readonly findings: number;
  /** Milliseconds; the median of the repetitions. */
  readonly floor: number;
  readonly check: number;
  /** Of `check` to `floor`, repetition by repetition, the median. */
  readonly ratio: number;
  readonly model: Model;
  /** Milliseconds by phase, from a process of its own. */
  readonly phases: Readonly<Record<string, number>>;
  /** Wall times of whole commands. */
  readonly commands: readonly Command[];
}

/** Every route with its dependencies. */
export interface Model {
  readonly routes: number;
  /** Milliseconds in a process that begins; the median of the repetitions. */
  readonly time: number;
  /** Of `time` to the bare parse in a process that begins, and of both in one that is warm; medians. */
  readonly ratio: number;
  readonly warmRatio: number;
}

export interface Command {
  readonly name: string;
  readonly time: number;
  /** Of ours to this one. */
  readonly ratio: number;
}

export interface Peer {
  readonly name: string;
  readonly command: string;
}

export async function measureWhole(
  name: string,
  folder: string,
  options: { readonly repeat: number; readonly peers: readonly Peer[]; readonly cli: string },
): Promise<Whole> {
  const floors: number[] = [];
  const checks: number[] = [];
  const phases: Measured[] = [];
  const models: Measured[] = [];
  let last: Measured | undefined;
  // In turns, so that what else the machine does hits all of them alike.
  for (let round = 0; round < options.repeat; round++) {
    floors.push((await measureIn('floor', folder)).times.floor ?? Number.NaN);
    last = await measureIn('check', folder);
    checks.push(last.times.check ?? Number.NaN);
    phases.push(await measureIn('phases', folder));
    models.push(await measureIn('model', folder));
  }
  if (last === undefined) throw new Error('nothing was measured');
  const names = Object.keys(phases[0]?.times ?? {});
  return {
    name,
    files: last.files,
    lines: last.lines,
    bytes: last.bytes,
    findings: last.findings ?? 0,
    floor: median(floors),
    check: median(checks),
    ratio: median(checks.map((check, round) => check / (floors[round] ?? Number.NaN))),
    model: modelOf(models, floors),
    phases: Object.fromEntries(
      names.map((phase) => [phase, median(phases.map(({ times }) => times[phase] ?? 0))]),
    ),
    commands: await compareCommands(folder, options),
  };
}

function modelOf(models: readonly Measured[], floors: readonly number[]): Model {
  const of = (one: Measured, name: string) => one.times[name] ?? Number.NaN;
  return {
    routes: models[0]?.routes ?? 0,
    time: median(models.map((one) => of(one, 'model'))),
    ratio: median(models.map((one, round) => of(one, 'model') / (floors[round] ?? Number.NaN))),
    warmRatio: median(models.map((one) => of(one, 'warmModel') / of(one, 'warmFloor'))),
  };
}

async function measureIn(what: string, folder: string): Promise<Measured> {
  const script = path.join(import.meta.dirname, 'measure.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, what, folder]);
  const measured: Measured = JSON.parse(stdout);
  return measured;
}

/** Whole commands from start to end: the same folder, in turns. `{}` stands for it, or it is put at the end. */
async function compareCommands(
  folder: string,
  {
    repeat,
    peers,
    cli,
  }: { readonly repeat: number; readonly peers: readonly Peer[]; readonly cli: string },
): Promise<readonly Command[]> {
  if (peers.length === 0) return [];
  const ours = `"${process.execPath}" "${cli}" check`;
  const all = [{ name: 'fastapi-mentor', command: ours }, ...peers];
  const times = new Map<string, number[]>(all.map((each) => [each.name, []]));
  for (let round = 0; round < repeat; round++) {
    for (const { name, command } of all) times.get(name)?.push(await wallTime(command, folder));
  }
  const own = median(times.get('fastapi-mentor') ?? []);
  return all.map(({ name }) => {
    const time = median(times.get(name) ?? []);
    return { name, time, ratio: own / time };
  });
}

function wallTime(command: string, folder: string): Promise<number> {
  const quoted = `"${folder}"`;
  const line = command.includes('{}') ? command.replaceAll('{}', quoted) : `${command} ${quoted}`;
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(line, { shell: true, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      // 1 is findings, for every linter there is.
      if (code === 0 || code === 1) resolve(performance.now() - started);
      else reject(new Error(`\`${line}\` ended with ${code}`));
    });
  });
}
