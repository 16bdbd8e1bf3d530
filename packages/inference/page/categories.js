/** The length of the one-hot numbers of attributes. @param {import('./data.js').Attribute[]} attributes */
export const countValues = attributes => attributes.reduce((sum, { values }) => sum + values.length, 0)

/**
 * The value that a uniform number from 0 to 1 falls to, each as often as its share says.
 * @param {import('./data.js').Attribute} attribute @param {number} place
 */
export const valueAt = ({ values, shares }, place) => {
  if (!shares) return Math.floor(place * values.length)
  let left = place
  for (const [value, share] of shares.entries()) {
    left -= share
    if (left < 0) return value
  }
  return shares.findLastIndex(share => share > 0)
}
