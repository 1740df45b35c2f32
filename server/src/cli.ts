import { availableParallelism } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { version } from '../../package.json';
import { createAnalysis } from './analysis.ts';
import { run } from './cli/run.ts';
import { readGitTree } from './git.ts';
import { nodeFileSystem, readAll, readWasm, replaceFile } from './node.ts';
import { inThread, takeShareOf } from './threads.ts';

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

const analyse = async (onRuleFailure: (rule: string, error: unknown) => void) =>
  createAnalysis(await readWasm(fileURLToPath(new URL('.', import.meta.url))), onRuleFailure);

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
    createAnalysis: analyse,
    threads: {
      available: availableParallelism(),
      run: (share) => inThread(import.meta.url, share),
    },
  });
else await takeShareOf(analyse);
