import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import { unfoldedIn } from './folding.ts';
import type { Feature } from './server.ts';
import { inBackground, keyOf, languageOf } from './session.ts';

const section = 'fastapiMentor';

/** Follows the client's settings, for each folder its own. A change takes effect at once. */
export const registerConfiguration: Feature = (session) => {
  const { connection, client, configurations } = session;
  const canAsk = client.workspace?.configuration === true;
  let folders: readonly string[] = [];

  const apply = (settings: unknown, ofFolders: readonly unknown[]) => {
    session.language = chosenLanguage(settings) ?? languageOf(session.locale);
    session.folderKeys = folders.map(keyOf);
    session.unfolded = unfoldedIn(
      new Map([['', settings], ...folders.map((uri, at) => [keyOf(uri), ofFolders[at]] as const)]),
    );
    configurations.setSettings('', settings);
    for (const [index, uri] of folders.entries()) {
      configurations.setSettings(keyOf(uri), ofFolders[index]);
    }
  };
  const ask = async () => {
    const items = [{ section }, ...folders.map((scopeUri) => ({ section, scopeUri }))];
    const [settings, ...ofFolders] = await connection.workspace.getConfiguration(items);
    apply(settings, ofFolders);
  };
  configurations.ask = async (uris) => {
    folders = uris;
    if (canAsk) await ask();
  };

  session.initialized.listen(() => {
    if (!canAsk) return;
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      const registered = connection.client.register(DidChangeConfigurationNotification.type, {
        section,
      });
      inBackground(connection, 'following the settings', registered);
    }
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (canAsk) {
      const asked = ask().then(() => session.changed.emit());
      inBackground(connection, 'reading the settings', asked);
      return;
    }
    const own = property(settings, section);
    apply(
      own,
      folders.map(() => own),
    );
    session.changed.emit();
  });
  return {};
};

function chosenLanguage(settings: unknown) {
  const language = property(settings, 'language');
  return language === 'en' || language === 'ko' ? language : undefined;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
