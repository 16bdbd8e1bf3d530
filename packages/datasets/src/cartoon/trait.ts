/** What a style of DiceBear is told: for each component or colour the one to take, or none, and its probability. */
export type Parts = Readonly<Record<string, readonly string[] | number>>

/** One thing that differs from face to face, and that a label tells of. */
export interface Trait {
  readonly name: string
  readonly values: readonly TraitValue[]
}

export interface TraitValue {
  readonly name: string
  /** How often it is drawn, relative to the other values. */
  readonly weight: number
  /** What draws it; later traits go before earlier ones. */
  readonly parts: Parts
}

/**
 * A trait that is one component or colour of DiceBear.
 * @param choices from the label to DiceBear's name of it, or null for none
 * @param weights how often, relative to the others. Default 1
 */
export function trait(
  name: string,
  part: string,
  choices: Readonly<Record<string, string | null>>,
  weights: Readonly<Record<string, number>> = {},
): Trait {
  const values = Object.entries(choices).map(([label, choice]) => ({
    name: label,
    weight: weights[label] ?? 1,
    parts: { [part]: choice === null ? [] : [choice], [`${part}Probability`]: choice === null ? 0 : 100 },
  }))
  return { name, values }
}
