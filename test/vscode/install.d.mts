export function installEditor(
  say?: (line: string) => void,
): Promise<{ node: string; entry: string }>;
export function installChromium(say?: (line: string) => void): Promise<string>;
