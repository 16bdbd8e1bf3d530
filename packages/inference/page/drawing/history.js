/** States that are kept; earlier ones can't be undone. */
const maxStates = 200

/**
 * What was, to go back to and forth again.
 * @template State @param {State} first
 */
export const createHistory = first => {
  const states = [first]
  let at = 0
  return {
    current: () => /** @type {State} */ (states[at]),
    canUndo: () => at > 0,
    canRedo: () => at < states.length - 1,
    /** Goes on from here; what was undone is gone. @param {State} state */
    add: state => {
      states.splice(at + 1)
      states.push(state)
      if (states.length > maxStates) states.shift()
      at = states.length - 1
    },
    /** @param {-1 | 1} step back or forth */
    go: step => {
      at = Math.min(states.length - 1, Math.max(0, at + step))
    },
  }
}
