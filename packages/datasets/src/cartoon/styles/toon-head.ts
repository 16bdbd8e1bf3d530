import { create, meta } from '@dicebear/toon-head'
import type { FaceStyle } from '../style.ts'
import { readCredit, trait } from '../style.ts'

export const toonHead: FaceStyle = {
  name: 'toon-head',
  credit: readCredit(meta),
  viewBox: '84 62 600 600',
  traits: [
    trait('hair', 'hair', { side: 'sideComed', undercut: 'undercut', spiky: 'spiky', bun: 'bun' }),
    trait(
      'back-hair',
      'rearHair',
      { none: null, straight: 'longStraight', wavy: 'longWavy', shoulder: 'shoulderHigh', neck: 'neckHigh' },
      { none: 4 },
    ),
    trait('hair-color', 'hairColor', {
      black: '2c1b18',
      brown: '724133',
      auburn: 'a55728',
      'light-brown': 'b58143',
      blond: 'd6b370',
    }),
    trait('skin', 'skinColor', {
      light: 'f1c3a5',
      rosy: 'c68e7a',
      tan: 'b98e6a',
      brown: 'a36b4f',
      dark: '5c3829',
    }),
    trait('eyes', 'eyes', { round: 'happy', wide: 'wide', smiling: 'bow', closed: 'humble', wink: 'wink' }),
    trait('eyebrows', 'eyebrows', {
      neutral: 'neutral',
      raised: 'raised',
      happy: 'happy',
      sad: 'sad',
      angry: 'angry',
    }),
    trait('mouth', 'mouth', {
      smile: 'smile',
      laugh: 'laugh',
      agape: 'agape',
      sad: 'sad',
      angry: 'angry',
    }),
    trait(
      'facial-hair',
      'beard',
      {
        none: null,
        full: 'fullBeard',
        long: 'longBeard',
        chin: 'chin',
        mustache: 'moustacheTwirl',
        'chin-mustache': 'chinMoustache',
      },
      { none: 10 },
    ),
    trait('clothes', 'clothes', {
      'turtle-neck': 'turtleNeck',
      jacket: 'openJacket',
      dress: 'dress',
      shirt: 'shirt',
      't-shirt': 'tShirt',
    }),
    trait('clothes-color', 'clothesColor', {
      gray: '545454',
      black: '151613',
      white: 'e8e9e6',
      red: 'b11f1f',
      orange: 'f97316',
      yellow: 'eab308',
      green: '147f3c',
      blue: '0b3286',
      purple: '731ac3',
      pink: 'ec4899',
    }),
  ],
  fixed: { body: ['body'], head: ['head'] },
  // The renderer reads the kind of a mask from its attribute alone, and would show mouths through their dark masks as shadows.
  adapt: body => body.replaceAll('style="mask-type:alpha"', 'mask-type="alpha"'),
  create: create as FaceStyle['create'],
}
