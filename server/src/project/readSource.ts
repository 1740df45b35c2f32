import { type Decoded, decode } from './decode.ts';
import type { FileSystem } from './fileSystem.ts';

/** Larger files are generated data, not something a person maintains. In bytes. */
export const MAX_SOURCE_SIZE = 1024 * 1024;

/**
 * Reads and decodes one source file. Nothing at all for a file that is no longer there; a note instead of a text for
 * one that is too large, binary or unreadable. Never rejects.
 */
export async function readSource(fs: FileSystem, path: string): Promise<Decoded | undefined> {
  let size: number;
  try {
    size = (await fs.stat(path)).size;
  } catch {
    return undefined;
  }
  if (size > MAX_SOURCE_SIZE) {
    return { note: `it is larger than 1 MB (${(size / 1024 / 1024).toFixed(1)} MB)` };
  }
  try {
    return decode(await fs.readFile(path));
  } catch {
    const stillThere = await fs.stat(path).then(
      () => true,
      () => false,
    );
    return stillThere ? { note: 'it cannot be read' } : undefined;
  }
}
