import { type Attribute, type RandomStream, randomStream } from '@gankit/core'

/** A color of plumage. */
type Plumage =
  | 'red'
  | 'orange'
  | 'yellow'
  | 'green'
  | 'blue'
  | 'violet'
  | 'brown'
  | 'black'
  | 'white'
  | 'gray'

/** What differs from bird to bird and has a word: the value of each trait, in the order of the attributes. */
export interface Bird {
  readonly body: Plumage
  /** Of the wing and the tail. */
  readonly wing: Plumage
  readonly belly: Plumage
  readonly crown: Plumage
  readonly tail: 'short' | 'long' | 'forked'
  readonly 'eye-ring': 'none' | 'white' | 'yellow' | 'red'
  readonly beak: 'pointed' | 'cone' | 'hooked' | 'long'
  readonly 'beak-color': 'black' | 'orange' | 'yellow' | 'gray' | 'red'
  readonly legs: 'black' | 'orange' | 'yellow' | 'gray'
  readonly background: 'sky' | 'leaves' | 'snow' | 'dusk' | 'sand'
}

const plumage: readonly Plumage[] = [
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'violet',
  'brown',
  'black',
  'white',
  'gray',
]

const traits: { readonly [Name in keyof Bird]: readonly Bird[Name][] } = {
  body: plumage,
  wing: plumage,
  belly: plumage,
  crown: plumage,
  tail: ['short', 'long', 'forked'],
  'eye-ring': ['none', 'white', 'yellow', 'red'],
  beak: ['pointed', 'cone', 'hooked', 'long'],
  'beak-color': ['black', 'orange', 'yellow', 'gray', 'red'],
  legs: ['black', 'orange', 'yellow', 'gray'],
  background: ['sky', 'leaves', 'snow', 'dusk', 'sand'],
}

/** How often, beside by chance, a part has the color of the body, as with most birds. */
const likeBody: Partial<Record<keyof Bird, number>> = { wing: 0.1, belly: 0.2, crown: 0.2 }

const names = Object.keys(traits) as (keyof Bird)[]

/** The attributes of birds, one per trait. */
export const birdAttributes: readonly Attribute[] = names.map(name => ({ name, values: traits[name] }))

/** A bird before it is drawn. */
export interface ChosenBird {
  readonly bird: Bird
  /** For each attribute the index of its value. */
  readonly attributes: Uint8Array
  /** What no word tells, such as its place, comes from these numbers. */
  readonly random: RandomStream
}

/**
 * Chooses bird `index` of a seed: the same on every platform, at every size and in sets of any count. The values of a trait are
 * equally frequent, and all but the colors of wing, belly and crown independent of one another.
 * @param index whole number from 0 to 2³² − 1
 */
export function chooseBird(seed: number, index: number): ChosenBird {
  const random = randomStream(seed, 'datasets/birds', index)
  const chances = random.uniform(names.length)
  const attributes = new Uint8Array(names.length)
  for (const [i, name] of names.entries()) {
    const like = likeBody[name] ?? 0
    const chance = (chances[i]! - like) / (1 - like)
    attributes[i] = chance < 0 ? attributes[0]! : Math.floor(chance * traits[name].length)
  }
  const bird = Object.fromEntries(names.map((name, i) => [name, traits[name][attributes[i]!]]))
  return { bird: bird as unknown as Bird, attributes, random }
}
