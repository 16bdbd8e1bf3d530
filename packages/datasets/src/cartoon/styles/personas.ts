import { create, meta } from '@dicebear/personas'
import type { FaceStyle } from '../style.ts'
import { readCredit, trait } from '../style.ts'

const hair = trait('hair', 'hair', {
  long: 'long',
  'extra-long': 'extraLong',
  bob: 'bobCut',
  'bob-bangs': 'bobBangs',
  curly: 'curly',
  'curly-bun': 'curlyBun',
  'curly-top': 'curlyHighTop',
  pigtails: 'pigtails',
  bun: 'straightBun',
  'bun-undercut': 'bunUndercut',
  'side-shave': 'sideShave',
  combover: 'shortCombover',
  chops: 'shortComboverChops',
  fade: 'fade',
  mohawk: 'mohawk',
  buzzcut: 'buzzcut',
  balding: 'balding',
  bald: 'bald',
  cap: 'cap',
  beanie: 'beanie',
})

/** Values of `hair` that hide the hair in the drawing. */
const hairless: ReadonlySet<string | undefined> = new Set(['bald', 'cap', 'beanie'])

const hairColor = trait(
  'hair-color',
  'hairColor',
  {
    black: '362c47',
    brown: '6c4545',
    red: 'e15c66',
    pink: 'e16381',
    coral: 'f27d65',
    ginger: 'f29c65',
    silver: 'dee1f5',
    none: null,
  },
  { none: 0 },
)

export const personas: FaceStyle = {
  name: 'personas',
  credit: readCredit(meta),
  viewBox: '7 3 50 50',
  traits: [
    hair,
    hairColor,
    trait('skin', 'skinColor', {
      pale: 'eeb4a4',
      rose: 'e7a391',
      sand: 'e5a07e',
      tan: 'd78774',
      copper: 'b16a5b',
      brown: '92594b',
      dark: '623d36',
    }),
    trait('eyes', 'eyes', { open: 'open', closed: 'sleep', wink: 'wink', happy: 'happy' }, { open: 3 }),
    {
      name: 'glasses',
      values: [
        { name: 'none', weight: 14, parts: {} },
        // DiceBear draws glasses as a kind of eyes.
        { name: 'glasses', weight: 4, parts: { eyes: ['glasses'] } },
        { name: 'sunglasses', weight: 2, parts: { eyes: ['sunglasses'] } },
      ],
    },
    trait('nose', 'nose', { medium: 'mediumRound', small: 'smallRound', wrinkled: 'wrinkles' }),
    // DiceBear's seventh mouth is a pacifier, which doesn't go with beards.
    trait('mouth', 'mouth', {
      smile: 'smile',
      'big-smile': 'bigSmile',
      smirk: 'smirk',
      frown: 'frown',
      surprise: 'surprise',
      lips: 'lips',
    }),
    trait(
      'facial-hair',
      'facialHair',
      {
        none: null,
        full: 'beardMustache',
        mustache: 'pyramid',
        walrus: 'walrus',
        goatee: 'goatee',
        stubble: 'shadow',
        'soul-patch': 'soulPatch',
      },
      { none: 14 },
    ),
    trait('clothes-color', 'clothingColor', {
      blue: '456dff',
      turquoise: '54d7c7',
      purple: '7555ca',
      green: '6dbb58',
      red: 'e24553',
      yellow: 'f3b63a',
      pink: 'f55d81',
    }),
  ],
  fixed: { body: ['squared'] },
  reconcile(face) {
    if (face['glasses'] !== 'none') face['eyes'] = 'open'
    // The full beard is drawn with this mouth.
    if (face['facial-hair'] === 'full') face['mouth'] = 'big-smile'
    if (hairless.has(face['hair']) && face['facial-hair'] === 'none') face['hair-color'] = 'none'
  },
  // The light on face and beard should blend with the color below it. SVG blends masked shapes with nothing, which makes
  // dark faces gray. These two shapes lie within their masks, so the masks can go.
  adapt: body => body.replace(/<g mask="url\(#(personas-a|facialHairBeardMustache-a)\)">/g, '<g>'),
  create: create as FaceStyle['create'],
}
