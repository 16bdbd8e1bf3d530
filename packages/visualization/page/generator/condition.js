/**
 * How many numbers of a latent, the last ones, say what is asked for.
 * @param {import('./data.js').Latent} latent
 */
export const askedSize = ({ conditions = [] }) =>
  conditions.reduce((sum, { values }) => sum + values.length, 0)

/**
 * Which value a number from 0 to 1 falls to, as often as its share says.
 * @param {import('./data.js').Condition} condition @param {number} place
 */
export const drawnValue = ({ values, shares }, place) => {
  if (!shares) return Math.floor(place * values.length)
  let left = place
  for (const [value, share] of shares.entries()) {
    left -= share
    if (left < 0) return value
  }
  return shares.findLastIndex(share => share > 0)
}
