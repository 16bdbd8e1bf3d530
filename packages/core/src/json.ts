/** Lists and objects inside one another, at most: nothing that gankit reads comes near it, and deeper ones overflow the stack. */
const maxDepth = 100

/**
 * Reads JSON that somebody else may have written.
 * @throws SyntaxError for a text that is not JSON, or is nested too deeply
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (isDeep(value)) throw new SyntaxError(`lists and objects are nested more than ${maxDepth} deep`)
  return value
}

/** Whether lists and objects are nested too deeply to be walked by a function that calls itself. */
export function isDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}
