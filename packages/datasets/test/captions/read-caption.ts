/** What a reader of captions is made of: phrases that a person wrote down, and none of a grammar's. */
export interface ReaderTable {
  /**
   * A line a value, `hair bob: a <c> bob / <c> hair in a bob`, or `wing *: <p> wings` for one whose value is the color. `<c>` is a color
   * of the list c, or nothing where the value isn't the color; `(a|b)` is either.
   */
  readonly phrases: string
  /** By a letter the words of colors, and the trait that they tell where the phrase has a value of its own. */
  readonly colors: Readonly<
    Record<string, { readonly trait?: string; readonly words: Readonly<Record<string, string>> }>
  >
  /** Words that say nothing by themselves. */
  readonly filler: readonly string[]
  /** What stands between words. */
  readonly space: '' | ' '
}

/**
 * Makes a function that finds the values that a caption names. It takes out the longest phrase first, and what is left may only be
 * filler. @throws Error for anything else that is said, and for a trait that is said twice
 */
export function createReader({
  phrases,
  colors,
  filler,
  space,
}: ReaderTable): (caption: string) => Record<string, string> {
  const known = phrases
    .trim()
    .split('\n')
    .flatMap(line => {
      const [, trait, value, texts] = /^(\S+) (\S+): (.*)$/.exec(line.trim())!
      return texts!.split(' / ').map(text => ({ trait: trait!, value: value!, text }))
    })
    .sort((a, b) => b.text.length - a.text.length)
    .map(({ trait, value, text }) => ({ trait, value, ...compile(text, value === '*') }))

  function compile(text: string, isNeeded: boolean) {
    const letter = /<(\w)>/.exec(text)?.[1]
    const words = letter && Object.keys(colors[letter]!.words).sort((a, b) => b.length - a.length)
    const color =
      words && (isNeeded ? `(?<color>${words.join('|')})` : `(?:(?<color>${words.join('|')})${space})?`)
    const pattern = text
      .replace(/^a /, 'an? ')
      .replace(/<\w>( ?)/, (_, after: string) => color! + (isNeeded ? after : ''))
    const edge = space ? '(?![\\w-])' : ''
    return { pattern: new RegExp(`${space ? '(?<![\\w-])' : ''}${pattern}${edge}`, 'g'), letter }
  }

  return caption => {
    const found: Record<string, string> = {}
    const add = (trait: string, value: string) => {
      if (trait in found) throw new Error(`'${caption}' says ${trait} twice`)
      found[trait] = value
    }
    let rest = caption
    for (const { trait, value, pattern, letter } of known)
      rest = rest.replace(pattern, (...match) => {
        const { color } = typeof match.at(-1) === 'object' ? (match.at(-1) as { color?: string }) : {}
        const told = color === undefined ? undefined : colors[letter!]!.words[color]!
        add(trait, value === '*' ? told! : value)
        if (value !== '*' && told !== undefined) add(colors[letter!]!.trait!, told)
        return ' | '
      })
    for (const word of [...filler].sort((a, b) => b.length - a.length))
      rest = space
        ? rest.replace(new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'g'), ' ')
        : rest.replaceAll(word, ' ')
    const left = rest.replaceAll(/[|,，、：\s]+/g, ' ').trim()
    if (left) throw new Error(`'${caption}' says '${left}' too`)
    return found
  }
}

/** Words for each value, turned around: from the word to the value. */
export const turn = (words: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([value, list]) => list.split(' / ').map(word => [word, value])),
  )
