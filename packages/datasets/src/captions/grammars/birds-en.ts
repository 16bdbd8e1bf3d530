import { finishEnglish, type Grammar } from '../grammar.ts'

const plumage = {
  red: ['red', 'bright red', 'vibrant red'],
  orange: ['orange', 'yellowish orange', 'bright orange'],
  yellow: ['yellow', 'bright yellow'],
  green: ['green', 'bright green'],
  blue: ['blue', 'bright blue'],
  violet: ['violet', 'purple'],
  brown: ['brown'],
  black: ['black', 'jet black'],
  white: ['white'],
  gray: ['gray', 'grey'],
}

const shades = {
  black: ['black'],
  orange: ['orange'],
  yellow: ['yellow'],
  gray: ['gray', 'grey'],
  red: ['red'],
}

/** Birds in English. */
export const birdsEnglish: Grammar = {
  name: 'birds-en',
  traits: {
    body: { words: plumage, nouns: ['a {} body', '{} plumage'], slot: ['{}'] },
    wing: { words: plumage, nouns: ['{} wings', '{} wing feathers'] },
    belly: { words: plumage, nouns: ['a {} belly', 'a {} underside'] },
    crown: { words: plumage, nouns: ['a {} crown', 'a {} cap'] },
    tail: {
      nouns: {
        short: ['a short tail', 'a stubby tail'],
        long: ['a long tail', 'long tail feathers'],
        forked: ['a forked tail', 'a tail with a fork'],
      },
    },
    'eye-ring': {
      words: { white: ['white'], yellow: ['yellow'], red: ['red'] },
      nouns: {
        none: ['no eye ring'],
        white: ['a {} eye ring', 'a {} ring around its eye'],
        yellow: ['a {} eye ring', 'a {} ring around its eye'],
        red: ['a {} eye ring', 'a {} ring around its eye'],
      },
      chances: { none: 0.25 },
    },
    beak: {
      nouns: {
        pointed: [
          'a pointed [{beak-color}] beak',
          'a sharp [{beak-color}] beak',
          'a pointy [{beak-color}] bill',
        ],
        cone: ['a cone-shaped [{beak-color}] beak', 'a conical [{beak-color}] bill'],
        hooked: ['a hooked [{beak-color}] beak', 'a curved [{beak-color}] bill'],
        long: ['a long [{beak-color}] beak', 'a long thin [{beak-color}] bill'],
      },
    },
    'beak-color': { words: shades, nouns: ['a {} beak', 'a {} bill'] },
    legs: { words: shades, nouns: ['{} legs', '{} feet'] },
    background: {
      isLast: true,
      clauses: {
        sky: ['against the sky', 'against the open sky'],
        leaves: ['among leaves', 'in front of leaves'],
        snow: ['in the snow', 'on snowy ground'],
        dusk: ['at dusk', 'at sunset'],
        sand: ['on the sand', 'on sandy ground'],
      },
    },
  },
  modifiers: { 'beak-color': ['beak'] },
  sentences: [
    {
      says: ['body'],
      weight: 5,
      alone: ['this bird is {body}', 'this is a {body} bird', 'a {body} bird'],
      nouns: [
        'this bird is {body} with {nouns}',
        'this {body} bird has {nouns}',
        'a {body} bird with {nouns}',
        'the bird is {body} and has {nouns}',
        'this is a {body} bird with {nouns}',
      ],
      clauses: [
        'a {body} bird {clauses}',
        'this {body} bird is {clauses}',
        'this is a {body} bird {clauses}',
      ],
      both: [
        'a {body} bird with {nouns}, {clauses}',
        'this bird is {body} with {nouns}, {clauses}',
        'a {body} bird {clauses} with {nouns}',
        'this {body} bird {clauses} has {nouns}',
      ],
    },
    {
      nouns: ['this bird has {nouns}', 'a bird with {nouns}', 'the bird has {nouns}'],
      clauses: ['a bird {clauses}', 'this bird is {clauses}'],
      both: [
        'a bird with {nouns}, {clauses}',
        'this bird {clauses} has {nouns}',
        'a bird {clauses} with {nouns}',
      ],
    },
  ],
  between: { nouns: [', ', ' and '], clauses: [', ', ' and '] },
  chance: 0.58,
  maxWords: 24,
  finish: finishEnglish,
}
