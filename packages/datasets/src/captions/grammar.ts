import { splitWords } from '@gankit/core'

/** What a part of a sentence is: a noun after "with" or "has", or a clause, such as "smiling" or "戴着眼镜". */
export type PartKind = 'nouns' | 'clauses'

/** Patterns for every value alike, or those of each value. */
type Patterns = readonly string[] | Readonly<Record<string, readonly string[]>>

/**
 * How a trait is said. In a pattern `{}` stands for a word of the value, and brackets for what is said only where another trait is named
 * with this one: 'curly [{hair-color}] hair'.
 */
export interface TraitWords {
  /** The words for each value, best first in no order: one is drawn. */
  readonly words?: Readonly<Record<string, readonly string[]>>
  readonly nouns?: Patterns
  readonly clauses?: Patterns
  /** In a sentence that has a place of its own for the trait, `{body}`. */
  readonly slot?: Patterns
  /** Whether it is said behind the others. */
  readonly isLast?: true
  /** How often a value is named where it isn't as often as others: one that goes without saying. */
  readonly chances?: Readonly<Record<string, number>>
}

/** Sentences that say the same traits in places of their own, by what else there is to say. */
export interface Sentences {
  /** The traits with a place of their own. */
  readonly says?: readonly string[]
  /** How often it is taken, relative to others. Default 1. */
  readonly weight?: number
  /** Nothing else. */
  readonly alone?: readonly string[]
  readonly nouns?: readonly string[]
  readonly clauses?: readonly string[]
  readonly both?: readonly string[]
}

/** Everything that a language says of one kind of picture. */
export interface Grammar {
  readonly name: string
  readonly traits: Readonly<Record<string, TraitWords>>
  /** Traits that are said with another one where that is named: the first of these that has a place for it. */
  readonly modifiers: Readonly<Record<string, readonly string[]>>
  /** In a text `{nouns}` and `{clauses}` are the parts, `{clauses|、}` with this between them, and `{body}` a trait with a place of its own. */
  readonly sentences: readonly Sentences[]
  /** What stands between two parts, and before the last one. */
  readonly between: Readonly<Record<PartKind, readonly [between: string, last: string]>>
  /** How often a trait is named. */
  readonly chance: number
  /** Words in a caption at most. */
  readonly maxWords: number
  /** The traits that can't be seen, or not be said with these ones alone. */
  hide?(values: Readonly<Record<string, string>>, named: ReadonlySet<string>): readonly string[]
  /** Mends what depends on the next word, such as "a" before a vowel. */
  finish?(text: string): string
}

/** The patterns of a trait's value for a kind of part, none where it can't be said so. */
export function listPatterns(trait: TraitWords, kind: PartKind | 'slot', value: string): readonly string[] {
  const patterns = trait[kind] ?? []
  const own = Array.isArray(patterns)
    ? (patterns as readonly string[])
    : ((patterns as Readonly<Record<string, readonly string[]>>)[value] ?? [])
  // A value without a word can't fill a place.
  return own.filter(pattern => !pattern.includes('{}') || trait.words?.[value])
}

/** Every word that a grammar can say. */
export function listGrammarWords(grammar: Grammar): string[] {
  const { traits, sentences, between } = grammar
  const texts = [
    ...Object.values(traits).flatMap(({ words = {}, nouns = [], clauses = [], slot = [] }) =>
      [words, nouns, clauses, slot].flatMap(part => Object.values(part).flat() as string[]),
    ),
    ...sentences.flatMap(({ alone = [], nouns = [], clauses = [], both = [] }) => [
      ...alone,
      ...nouns,
      ...clauses,
      ...both,
    ]),
    ...Object.values(between).flat(),
  ]
  const said = texts.map(text => text.replaceAll(/\{[^}]*\}/g, ' ').replaceAll(/[[\]]/g, ' '))
  // Mending makes words of its own, such as "an".
  const mended = said.map(text => grammar.finish?.(text) ?? '')
  return [...new Set([...said, ...mended].flatMap(splitWords))].sort()
}

/** Writes "an" for "a" before a vowel, and one space for several. */
export function finishEnglish(text: string): string {
  return text
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ (?=,)/g, '')
    .replaceAll(/\ba (?=[aeiou])/g, 'an ')
    .trim()
}

/** Writes 的 once where two meet. */
export function finishChinese(text: string): string {
  return text.replaceAll('的的', '的')
}
