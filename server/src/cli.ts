import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { isMainThread } from 'node:worker_threads';
import { version } from '../../package.json';
import { createAnalysis } from './analysis.ts';
import { run } from './cli/run.ts';
import { readCurriculum } from './curriculum/curriculum.ts';
import { readGitTree } from './git.ts';
import { nodeFileSystem, readAll, readWasm, replaceFile } from './node.ts';
import { runProgram } from './programs.ts';
import { inThread, takeShareOf } from './threads.ts';

// A command is over before what V8 optimises to the last has paid for itself: without, a check takes 15 % less.
setFlagsFromString('--no-opt');

// A reader that goes away (`| head`) is no reason to complain.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const output = (stream: NodeJS.WriteStream) => ({
  write: (text: string | Uint8Array) => void stream.write(text),
  isTTY: stream.isTTY,
});

/**
 * How many threads share a large project. What each reads for itself is nearly half of all, and V8 compiles and collects beside it:
 * on two cores one thread is as fast as two, and faster where anything else runs.
 */
function threadsFor(wanted: string | undefined): number {
  const given = Number(wanted);
  return Number.isInteger(given) && given > 0 ? given : Math.floor(availableParallelism() / 2);
}

/** Where the build put this file, with what it reads beside it. */
const dist = fileURLToPath(new URL('.', import.meta.url));

const analyse = async (onRuleFailure: (rule: string, error: unknown) => void) =>
  createAnalysis(await readWasm(dist), onRuleFailure);

if (isMainThread)
  process.exitCode = await run(process.argv.slice(2), {
    version,
    fs: nodeFileSystem,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    env: process.env,
    writeFile: replaceFile,
    readGitTree,
    readStdin: () => readAll(process.stdin),
    resolvePath: (typed) => path.resolve(typed).replaceAll(path.sep, '/'),
    readCurriculum: async () => ({
      curriculum: readCurriculum(
        JSON.parse(await readFile(path.join(dist, 'curriculum.json'), 'utf8')),
      ),
      walkthroughs: path.join(dist, '..', 'walkthroughs').replaceAll(path.sep, '/'),
    }),
    runProgram,
    pathDelimiter: path.delimiter,
    createAnalysis: analyse,
    threads: {
      available: threadsFor(process.env.FASTAPI_MENTOR_THREADS),
      run: (share) => inThread(import.meta.url, share),
    },
  });
else await takeShareOf(analyse);
