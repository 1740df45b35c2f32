import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { version } from '../../package.json';
import { createAnalysis, type WasmBytes } from './analysis.ts';
import { startServer } from './lsp/server.ts';

declare const self: Worker;

// The client's first message holds the wasm: where the extension lies is for it to know. The reader then takes the
// place of this listener before any other message is delivered.
self.onmessage = ({ data }: MessageEvent<WasmBytes>) => {
  const reader = new BrowserMessageReader(self);
  const writer = new BrowserMessageWriter(self);
  startServer(createConnection(reader, writer), {
    version,
    createAnalysis: (onRuleFailure) => createAnalysis(data, onRuleFailure),
    fileSystem: () => undefined,
    pause: () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(undefined);
      }),
  });
};
