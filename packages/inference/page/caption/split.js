/*
 * The words of captions, as `splitWords` and `encodeWords` of @gankit/core find them: the page draws what `gankit draw` draws of a
 * text. A Han character is a word of its own; other letters and digits make a word together, with ' and - between them.
 */

const letters = String.raw`(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+`
const wordPattern = new RegExp(String.raw`\p{Script=Han}|${letters}(?:['-]${letters})*`, 'gu')

/** @param {string} text @returns {string[]} in lower case, with characters in one form */
export const splitWords = text =>
  text.normalize('NFKC').toLowerCase().replaceAll('’', "'").match(wordPattern) ?? []

/**
 * @param {string[]} words the vocabulary @param {number} length words that are kept @param {string} text
 * @returns {{ tokens: number[], unknown: string[], cut: number }} token numbers with 0 behind the last one; words that the vocabulary
 *   hasn't; how many didn't fit
 */
export const encodeWords = (words, length, text) => {
  const numbers = new Map(words.map((word, number) => [word, number]))
  const found = splitWords(text)
  const kept = found.slice(0, length)
  return {
    tokens: Array.from({ length }, (_, i) => {
      const word = kept[i]
      return word === undefined ? 0 : (numbers.get(word) ?? 1)
    }),
    unknown: [...new Set(kept.filter(word => !numbers.has(word)))],
    cut: found.length - kept.length,
  }
}
