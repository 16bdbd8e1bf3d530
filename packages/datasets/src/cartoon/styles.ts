import type { CartoonCredit, CartoonStyle, FaceStyle } from './style.ts'
import { bigEars } from './styles/big-ears.ts'
import { personas } from './styles/personas.ts'
import { toonHead } from './styles/toon-head.ts'

export type { CartoonStyle } from './style.ts'

export const stylesByName: Readonly<Record<CartoonStyle, FaceStyle>> = {
  personas,
  'toon-head': toonHead,
  'big-ears': bigEars,
}

/** The styles of cartoonFaces, and whose they are; whoever shows the faces names author and licence. */
export const cartoonStyles: Readonly<Record<CartoonStyle, CartoonCredit>> = {
  personas: personas.credit,
  'toon-head': toonHead.credit,
  'big-ears': bigEars.credit,
}
