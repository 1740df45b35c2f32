import type { MessageData } from './rule.ts';

/** Fills the `{placeholders}` of a message, which is one line. A name without a value stays as it stands. */
export function fill(message: string, data: MessageData): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) =>
    (data[name] ?? whole).replace(/\s*\n\s*/g, ' '),
  );
}
