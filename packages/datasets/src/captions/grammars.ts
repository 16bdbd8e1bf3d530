import type { Grammar } from './grammar.ts'
import { birdsEnglish } from './grammars/birds-en.ts'
import { birdsChinese } from './grammars/birds-zh.ts'
import { facesEnglish } from './grammars/faces-en.ts'
import { facesChinese } from './grammars/faces-zh.ts'

/** The languages of captions. */
export type CaptionLanguage = 'en' | 'zh'

/** The grammars of each kind of picture, by language: cartoon faces of the style personas, and birds. */
export const captionGrammars: Readonly<
  Record<'faces' | 'birds', Readonly<Record<CaptionLanguage, Grammar>>>
> = {
  faces: { en: facesEnglish, zh: facesChinese },
  birds: { en: birdsEnglish, zh: birdsChinese },
}

/** The grammars of a kind of picture in these languages. @param captions 'en', 'zh' or 'both' */
export function selectGrammars(subject: keyof typeof captionGrammars, captions: string): readonly Grammar[] {
  const { en, zh } = captionGrammars[subject]
  return captions === 'both' ? [en, zh] : [captions === 'zh' ? zh : en]
}
