/** The greatest numbers that a page may be told to compute with: links may be somebody else's. */
export const maxUnits = 512
export const maxLayers = 6
export const maxLatentSize = 100
export const maxBatch = 2048
export const maxUpdates = 50
export const maxSteps = 10_000_000

/** The units of hidden layers as they are typed: '64, 64'. @returns undefined unless each is a whole number in bounds */
export function parseUnits(text: string): readonly number[] | undefined {
  const words = text.split(/[\s,·x×-]+/).filter(Boolean)
  const units = words.map(Number)
  const fits = units.every(count => Number.isInteger(count) && count >= 1 && count <= maxUnits)
  return fits && units.length <= maxLayers ? units : undefined
}
