import type { Grammar } from './grammar.ts'
import { facesEnglish } from './grammars/faces-en.ts'
import { facesChinese } from './grammars/faces-zh.ts'

/** The languages of captions, by the names of the option. */
export type CaptionLanguage = 'en' | 'zh'

/** The grammars of each kind of picture, by language. */
export const captionGrammars: Readonly<Record<'faces', Readonly<Record<CaptionLanguage, Grammar>>>> = {
  faces: { en: facesEnglish, zh: facesChinese },
}
