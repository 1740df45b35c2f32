import { DidChangeConfigurationNotification } from 'vscode-languageserver';
import type { Feature } from './server.ts';
import { inBackground, languageOf } from './session.ts';

const section = 'fastapiMentor';

/** Follows the client's settings. A change takes effect at once. */
export const registerConfiguration: Feature = (session) => {
  const { connection, client } = session;
  const canAsk = client.workspace?.configuration === true;

  const apply = (settings: unknown) => {
    const language = chosenLanguage(settings) ?? languageOf(session.locale);
    if (language === session.language) return;
    session.language = language;
    session.changed.emit();
  };
  const ask = async () => apply(await connection.workspace.getConfiguration(section));

  session.initialized.listen(() => {
    if (!canAsk) return;
    inBackground(connection, 'reading the settings', ask());
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
      const registered = connection.client.register(DidChangeConfigurationNotification.type, {
        section,
      });
      inBackground(connection, 'following the settings', registered);
    }
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (canAsk) inBackground(connection, 'reading the settings', ask());
    else apply(property(settings, section));
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
