import { type Accepted, accept, readAccepted } from '../engine/baseline.ts';
import { countAccepted } from './accepted.ts';
import type { Feature } from './server.ts';
import { inBackground, logFailure, type Session } from './session.ts';

/** A request: accepts what is found everywhere, and gives it back to be kept. */
export const acceptRequest = 'fastapiMentor/accept';
/** A notification: what the client has kept. */
export const acceptedNotification = 'fastapiMentor/accepted';
/** To the client: how many findings are accepted. */
export const hiddenNotification = 'fastapiMentor/hidden';

/** What a client of ours keeps of a workspace. */
export interface Kept {
  readonly accepted: readonly Accepted[];
  /** Whether a baseline file in a folder has its say; not after everything was asked to be shown. */
  readonly useFiles: boolean;
}

/** Only new code: what is there is accepted at a click, and stays so when the editor is opened again. */
export const registerBaseline: Feature = (session, sources) => {
  const { connection, deps } = session;
  let told = 0;
  const tell = () => {
    const count = countAccepted(session.accepted);
    if (count === told || !session.clientOptions.status) return;
    told = count;
    const sent = connection.sendNotification(hiddenNotification, { count });
    inBackground(connection, 'telling what is accepted', sent);
  };
  session.changed.listen(tell);

  connection.onNotification(acceptedNotification, (params: unknown) => {
    keep(session, params);
    session.changed.emit();
  });
  connection.onRequest(acceptRequest, async (): Promise<Kept> => {
    const analysis = await session.analysis;
    await untilLoaded(session);
    if (analysis === undefined) return { accepted: [], useFiles: true };
    sources.flush(analysis.workspace);
    const entries: Accepted[] = [];
    for (const path of analysis.workspace.paths()) {
      await deps.pause();
      try {
        entries.push(...accept(analysis.workspace.diagnose(path)));
      } catch (error) {
        logFailure(connection, 'the analysis of a file', error);
      }
    }
    session.accepted.inEditor = entries;
    session.accepted.useFiles = true;
    session.changed.emit();
    return { accepted: entries, useFiles: true };
  });
  return {};
};

/** Takes over what a client says it has kept, if it has the right shape. */
export function keep({ accepted }: Session, given: unknown): void {
  if (typeof given !== 'object' || given === null) return;
  const kept: Readonly<Record<string, unknown>> = { ...given };
  accepted.inEditor = readAccepted(kept.accepted) ?? [];
  accepted.useFiles = kept.useFiles !== false;
}

/** What is found before everything has been read is not all there is to accept. */
function untilLoaded(session: Session): Promise<void> {
  if (session.isLoaded) return Promise.resolve();
  return new Promise((resolve) => {
    session.changed.listen(() => {
      if (session.isLoaded) resolve();
    });
  });
}
