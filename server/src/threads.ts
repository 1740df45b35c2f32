/** Node's threads, each running this very program on a share of the files. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Analysis, OnRuleFailure } from './analysis.ts';
import { openProject } from './cli/project.ts';
import { type Share, type ShareDone, takeShare } from './cli/shares.ts';

/** Hands a share to another thread that runs `program`. Rejects when that thread fails. */
export function inThread(program: string, share: Share): Promise<ShareDone> {
  const worker = new Worker(new URL(program), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread ended with ${code}`)));
  });
}

/** What such a thread does. */
export async function takeShareOf(
  createAnalysis: (onRuleFailure: OnRuleFailure) => Promise<Analysis>,
): Promise<void> {
  const share: Share = workerData;
  const failedRules = new Set<string>();
  const { workspace } = await createAnalysis((rule) => failedRules.add(rule));
  openProject(workspace, share.project);
  const done: ShareDone = { ...takeShare(workspace, share), failedRules: [...failedRules] };
  parentPort?.postMessage(done);
}
