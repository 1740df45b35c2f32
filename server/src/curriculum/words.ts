import { keysOf, type Shape, text } from './shape.ts';

export type Language = 'en' | 'ko';

/** The same text in every language that there is. */
export interface Words {
  readonly en: string;
  readonly ko: string;
}

export const words: Shape<Words> = (value, place) => {
  const { en, ko } = keysOf(value, place, ['en', 'ko']);
  return { en: text(en, `${place}.en`), ko: text(ko, `${place}.ko`) };
};
