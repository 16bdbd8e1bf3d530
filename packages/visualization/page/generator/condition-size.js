/**
 * The length of the condition in a latent: its last numbers, one-hot for each attribute.
 * @param {import('./data.js').Latent} latent
 */
export const conditionSize = ({ conditions = [] }) =>
  conditions.reduce((sum, { values }) => sum + values.length, 0)

/**
 * Draws a value of a condition: the index whose share, all shares laid end to end, covers a place from 0 to 1.
 * @param {import('./data.js').Condition} condition @param {number} place
 */
export const drawValue = ({ values, shares }, place) => {
  if (!shares) return Math.floor(place * values.length)
  let left = place
  for (const [value, share] of shares.entries()) {
    left -= share
    if (left < 0) return value
  }
  return shares.findLastIndex(share => share > 0)
}
