import type { CartoonCredit, CartoonStyle, FaceStyle } from './style.ts'
import { bigEars } from './styles/big-ears.ts'
import { personas } from './styles/personas.ts'
import { toonHead } from './styles/toon-head.ts'

export const stylesByName: Readonly<Record<CartoonStyle, FaceStyle>> = {
  personas,
  'toon-head': toonHead,
  'big-ears': bigEars,
}

/** The author and license of each style of `cartoonFaces`; name them where you show the faces. */
export const cartoonStyles: Readonly<Record<CartoonStyle, CartoonCredit>> = {
  personas: personas.credit,
  'toon-head': toonHead.credit,
  'big-ears': bigEars.credit,
}
