import type { SampleValues } from './describe-sample.ts'

/**
 * Pairs of values that training with captions never sees together, by kind of picture, so that pictures of captions that name one show
 * whether a generator composes.
 */
export const heldOutPairs: Readonly<Record<'faces' | 'birds', readonly SampleValues[]>> = {
  faces: [
    { hair: 'mohawk', 'hair-color': 'pink' },
    { hair: 'curly', 'hair-color': 'silver' },
    { hair: 'long', 'hair-color': 'red' },
    { hair: 'bob', 'hair-color': 'black' },
    { hair: 'pigtails', 'clothes-color': 'green' },
    { hair: 'beanie', mouth: 'surprise' },
    { glasses: 'sunglasses', mouth: 'frown' },
    { 'facial-hair': 'goatee', 'clothes-color': 'yellow' },
  ],
  birds: [
    { body: 'red', wing: 'blue' },
    { body: 'green', crown: 'yellow' },
    { body: 'white', belly: 'violet' },
    { body: 'violet', beak: 'hooked' },
    { body: 'yellow', tail: 'forked' },
    { wing: 'orange', belly: 'blue' },
    { wing: 'gray', 'beak-color': 'red' },
    { crown: 'orange', background: 'snow' },
  ],
}

/** The pair of a sample's values that is held out, if it has one. */
export function findHeldOutPair(values: SampleValues): SampleValues | undefined {
  return Object.values(heldOutPairs)
    .flat()
    .find(pair => Object.entries(pair).every(([name, value]) => values[name] === value))
}

/** Whether a sample with these values has a held-out pair. */
export function isHeldOut(values: SampleValues): boolean {
  return findHeldOutPair(values) !== undefined
}
