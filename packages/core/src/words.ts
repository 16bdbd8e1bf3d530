/** What of a text fits a vocabulary. */
export interface EncodedWords {
  /** `length` numbers of words; 1 stands for an unknown one, and zeros fill the end. */
  readonly tokens: number[]
  /** The words that the vocabulary hasn't, each once, in the order of the text. */
  readonly unknown: string[]
  /** How many words at the end of the text didn't fit. */
  readonly cut: number
}

const letters = String.raw`(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+`

/** A Han character is a word of its own; other letters and digits make a word together, with ' and - between them. */
const word = new RegExp(String.raw`\p{Script=Han}|${letters}(?:['-]${letters})*`, 'gu')

/**
 * The words of a text, in lower case and with its characters in one form (NFKC), so that "Ｒｅｄ" and "red" are one. Punctuation
 * and spaces separate. Chinese needs no word list: each Han character is a word.
 */
export function splitWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().replaceAll('’', "'").match(word) ?? []
}

/** The first two words of a vocabulary: none, which fills the end of a short text, and the one for all unknown words. */
const padding = ''
const unknownWord = '?'

/** The vocabulary of these words, each once and sorted, behind the two that every vocabulary begins with. */
export function listVocabulary(words: Iterable<string>): string[] {
  return [padding, unknownWord, ...[...new Set(words)].sort()]
}

/**
 * The numbers of a text's words, as a `TokenCondition` with these `words` has them.
 * @param words the vocabulary; 0 is no word, and 1 stands for all unknown ones
 * @param length how many words are kept
 */
export function encodeWords(words: readonly string[], length: number, text: string): EncodedWords {
  const numbers = indexWords(words)
  const found = splitWords(text)
  const kept = found.slice(0, length)
  const tokens = kept.map(word => numbers.get(word) ?? 1)
  return {
    tokens: [...tokens, ...Array<number>(length - kept.length).fill(0)],
    unknown: [...new Set(kept.filter(word => !numbers.has(word)))],
    cut: found.length - kept.length,
  }
}

/** The text of tokens: Han characters next to each other, other words with spaces. */
export function decodeWords(words: readonly string[], tokens: Iterable<number>): string {
  const said = Array.from(tokens).flatMap(token => (token === 0 ? [] : [words[token] ?? unknownWord]))
  return said.join(' ').replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}

const indices = new WeakMap<readonly string[], ReadonlyMap<string, number>>()

/** The number of each word; a vocabulary is indexed once. */
function indexWords(words: readonly string[]): ReadonlyMap<string, number> {
  let numbers = indices.get(words)
  if (!numbers) {
    numbers = new Map(words.map((word, number) => [word, number]))
    indices.set(words, numbers)
  }
  return numbers
}
