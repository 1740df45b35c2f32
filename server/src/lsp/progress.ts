import type { Session } from './session.ts';

/** Fewer files are read before anybody could see a bar. */
const WORTH_SHOWING = 200;

export interface Progress {
  /** `done` of the files that were announced. */
  report(done: number): void;
  done(): void;
}

const silent: Progress = { report: () => undefined, done: () => undefined };

const title = {
  en: 'FastAPI Mentor: reading the project',
  ko: 'FastAPI Mentor: 프로젝트를 읽는 중',
};

/** Shows how far the reading of `total` files has come, where the client can show it. */
export async function reportProgress(session: Session, total: number): Promise<Progress> {
  const { connection, client, language } = session;
  if (client.window?.workDoneProgress !== true || total < WORTH_SHOWING) return silent;
  const progress = await connection.window.createWorkDoneProgress();
  progress.begin(title[language], 0);
  return {
    report: (done) => progress.report(Math.floor((100 * done) / total), `${done}/${total}`),
    done: () => progress.done(),
  };
}
