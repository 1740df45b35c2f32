import * as vscode from 'vscode';
import { type LanguageClientOptions, State } from 'vscode-languageclient';
import { createClientOptions } from './clientOptions.ts';
import { registerCommands } from './commands.ts';
import { answerFileRequests } from './fileRequests.ts';
import { registerGetStarted } from './getStarted.ts';
import type { Client, Context } from './host.ts';
import { registerLearning } from './learn/learn.ts';
import type { Programs } from './learn/python.ts';
import { createOnlyNew } from './onlyNew.ts';
import { provideRulePages } from './rulePages.ts';
import { createStatusItem, type Status } from './statusItem.ts';
import { whenPython } from './whenPython.ts';

/** Makes a client whose server has not been started. */
export type CreateClient = (context: Context, options: LanguageClientOptions) => Promise<Client>;

/** Starts everything; what it registers ends with the extension. Gives the function that stops the server. */
export async function activateWith(
  context: Context,
  createClient: CreateClient,
  programs?: Programs,
) {
  const output = vscode.window.createOutputChannel('FastAPI Mentor', { log: true });
  const status = createStatusItem();
  let client: Client | undefined;
  const onlyNew = createOnlyNew(context.workspaceState, () => client);
  const learning = await startLearning(context, programs, output);

  const start = async () => {
    if (client !== undefined) return;
    status.show('starting');
    try {
      client = await createClient(context, createClientOptions(output, onlyNew.kept));
      answerFileRequests(client);
      client.onNotification('fastapiMentor/status', (now: Status) => {
        status.show(now);
        logStatus(output, now);
      });
      client.onNotification('fastapiMentor/hidden', status.showHidden);
      // A server that dies comes back by itself, and says then how things stand.
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Starting) status.show('starting');
        if (newState === State.Stopped) status.show('stopped');
      });
      await client.start();
      learning?.attach(client);
    } catch (error) {
      output.error(error instanceof Error ? error : String(error));
      status.show('stopped');
    }
  };
  const stop = async () => {
    const running = client;
    client = undefined;
    try {
      await running?.dispose();
    } catch (error) {
      output.error(error instanceof Error ? error : String(error));
    }
  };
  // One after the other: two servers at once would say everything twice.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>) => {
    last = last.then(step);
    return last;
  };
  const restart = () =>
    inTurn(async () => {
      await stop();
      await start();
    });

  context.subscriptions.push(
    output,
    status,
    ...(learning === undefined ? [] : [learning]),
    provideRulePages(context.extensionUri),
    registerGetStarted(context),
    registerCommands({
      extension: context.extensionUri,
      output,
      restart,
      onlyNew,
      client: () => client,
    }),
  );
  context.subscriptions.push(await whenPython(() => inTurn(start)));
  return () => inTurn(stop);
}

/** A curriculum that can't be read is no reason to have no analysis. */
async function startLearning(
  context: Context,
  programs: Programs | undefined,
  output: vscode.LogOutputChannel,
) {
  try {
    return await registerLearning(context, programs);
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    return undefined;
  }
}

/** Whoever opens the output finds there what the server knows of itself, and when it started. */
function logStatus(output: vscode.LogOutputChannel, { state, files, parser, versions }: Status) {
  if (state === 'failed') output.error('The analysis could not be started.');
  if (state !== 'ready') return;
  const found = versions.map(({ name, version }) => `${name} ${version}`);
  output.info([`${files} files analysed`, ...found, `parser: ${parser}`].join(', '));
}
