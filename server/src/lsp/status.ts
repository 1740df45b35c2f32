import { inBackground, type Session } from './session.ts';

export const statusNotification = 'fastapiMentor/status';

/** What the client's status item shows. */
export interface Status {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Files that are analysed. */
  readonly files: number;
  /** Which tree-sitter runs: `wasm` or `native`. */
  readonly parser: string;
  /** Found versions; one that is not exact is the range as it was written. */
  readonly versions: readonly {
    readonly name: string;
    readonly version: string;
    readonly exact: boolean;
  }[];
}

/** Tells a client of ours how things stand; another one would only complain about a message it does not know. */
export function sendStatus({ connection, clientOptions }: Session, status: Status): void {
  if (!clientOptions.status) return;
  const sent = connection.sendNotification(statusNotification, status);
  inBackground(connection, 'sending the status', sent);
}
