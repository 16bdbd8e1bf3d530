import { type RandomStream, splitWords } from '@gankit/core'
import { type Grammar, listPatterns, type PartKind, type Sentences } from './grammar.ts'

/** What a caption says of a sample. */
export interface Description {
  readonly text: string
  /** The attributes that the text names, in the grammar's order. */
  readonly named: readonly string[]
}

/** Names of values, by the names of their attributes. */
export type SampleValues = Readonly<Record<string, string>>

/** How often the same traits are said anew, where a caption is too long, before one is left out. */
const maxTries = 4

/**
 * Describes a sample by some of its traits, at least one, in words and an order drawn at random. Nothing is said of it that `values`
 * don't hold.
 * @param values the values of all traits of the grammar
 */
export function describeSample(grammar: Grammar, values: SampleValues, random: RandomStream): Description {
  const draw = new Draw(random)
  const named = chooseNamed(grammar, values, draw)
  for (let tries = 1; ; tries++) {
    const text = composeText(grammar, values, named, draw)
    if (splitWords(text).length <= grammar.maxWords)
      return { text, named: Object.keys(grammar.traits).filter(name => named.has(name)) }
    if (tries % maxTries > 0 || named.size === 1) continue
    leaveOne(grammar, values, named, draw)
  }
}

/** Random choices, of numbers that are drawn some at a time. */
class Draw {
  private numbers = new Float32Array(0)
  private at = 0
  private readonly random: RandomStream

  constructor(random: RandomStream) {
    this.random = random
  }

  /** From 0 to below 1. */
  number(): number {
    if (this.at === this.numbers.length) {
      this.numbers = this.random.uniform(32)
      this.at = 0
    }
    return this.numbers[this.at++]!
  }

  pick<Item>(items: readonly Item[], weigh: (item: Item) => number = () => 1): Item {
    let left = this.number() * items.reduce((sum, item) => sum + weigh(item), 0)
    for (const item of items) {
      left -= weigh(item)
      if (left < 0) return item
    }
    return items.at(-1)!
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    const rest = [...items]
    return items.map(() => rest.splice(Math.floor(this.number() * rest.length), 1)[0]!)
  }
}

function chooseNamed(grammar: Grammar, values: SampleValues, draw: Draw): Set<string> {
  const chances = Object.entries(grammar.traits).map(
    ([name, { chances }]) => [name, chances?.[values[name]!] ?? grammar.chance] as const,
  )
  const visible = new Set(chances.filter(([, chance]) => chance > 0).map(([name]) => name))
  hideTraits(grammar, values, visible)
  for (;;) {
    const named = new Set(
      chances.filter(([name, chance]) => draw.number() < chance && visible.has(name)).map(([name]) => name),
    )
    hideTraits(grammar, values, named)
    if (named.size > 0) return named
  }
}

/** Takes away a trait, and those that can't be said without it. */
function leaveOne(grammar: Grammar, values: SampleValues, named: Set<string>, draw: Draw): void {
  const [last] = named
  named.delete(draw.pick([...named]))
  hideTraits(grammar, values, named)
  if (named.size === 0) named.add(last!)
}

function hideTraits(grammar: Grammar, values: SampleValues, named: Set<string>): void {
  for (const name of grammar.hide?.(values, named) ?? []) named.delete(name)
}

/** What is said in a caption: the traits that are parts of their own, each with those that are said with it. */
type Parts = ReadonlyMap<string, readonly string[]>

function composeText(grammar: Grammar, values: SampleValues, named: ReadonlySet<string>, draw: Draw): string {
  const parts = groupTraits(grammar, values, named)
  const fitting = grammar.sentences.filter(sentences => fits(grammar, values, parts, sentences))
  const { says = [], ...texts } = draw.pick(fitting, ({ weight = 1 }) => weight)
  const said: Record<PartKind, string[]> = { nouns: [], clauses: [] }
  const rest = draw.shuffle([...parts.keys()].filter(name => !says.includes(name)))
  const isLast = (name: string) => grammar.traits[name]!.isLast === true
  for (const name of [...rest.filter(name => !isLast(name)), ...rest.filter(isLast)]) {
    const kind = draw.pick(listKinds(grammar, values, parts, texts, name))
    said[kind].push(sayTrait(grammar, values, name, kind, parts.get(name)!, draw))
  }
  const { nouns, clauses } = said
  const among =
    nouns.length > 0 ? (clauses.length > 0 ? 'both' : 'nouns') : clauses.length > 0 ? 'clauses' : 'alone'
  const text = draw
    .pick(texts[among]!)
    .replaceAll(/\{([^}|]+)\|?([^}]*)\}/g, (_, name: string, between: string) =>
      name === 'nouns' || name === 'clauses'
        ? joinParts(said[name], between ? [between, between] : grammar.between[name])
        : sayTrait(grammar, values, name, 'slot', parts.get(name)!, draw),
    )
  return grammar.finish?.(text) ?? text
}

/** Which traits are said with which. */
function groupTraits(
  { traits, modifiers }: Grammar,
  values: SampleValues,
  named: ReadonlySet<string>,
): Parts {
  const parts = new Map<string, string[]>()
  for (const name of named) parts.set(name, [])
  for (const [modifier, carriers] of Object.entries(modifiers)) {
    if (!named.has(modifier)) continue
    const carrier = carriers.find(
      name =>
        parts.has(name) &&
        (['nouns', 'clauses'] as const).some(kind =>
          listPatterns(traits[name]!, kind, values[name]!).some(pattern => pattern.includes(`{${modifier}}`)),
        ),
    )
    if (!carrier) continue
    parts.get(carrier)!.push(modifier)
    parts.delete(modifier)
  }
  return parts
}

/** Whether sentences have a place for all parts. */
function fits(
  grammar: Grammar,
  values: SampleValues,
  parts: Parts,
  { says = [], ...texts }: Sentences,
): boolean {
  const rest = [...parts.keys()].filter(name => !says.includes(name))
  return (
    says.every(
      name => parts.has(name) && choosePatterns(grammar, values, name, 'slot', parts.get(name)!).length > 0,
    ) &&
    (rest.length > 0 || texts.alone !== undefined) &&
    rest.every(name => listKinds(grammar, values, parts, texts, name).length > 0)
  )
}

/** The kinds of part that a trait can be in these sentences. */
function listKinds(
  grammar: Grammar,
  values: SampleValues,
  parts: Parts,
  texts: Sentences,
  name: string,
): readonly PartKind[] {
  return (['nouns', 'clauses'] as const).filter(
    kind => texts[kind] && choosePatterns(grammar, values, name, kind, parts.get(name)!).length > 0,
  )
}

/** The patterns that say a trait with exactly these others. */
function choosePatterns(
  { traits, modifiers }: Grammar,
  values: SampleValues,
  name: string,
  kind: PartKind | 'slot',
  carried: readonly string[],
): readonly string[] {
  return listPatterns(traits[name]!, kind, values[name]!).filter(pattern => {
    const bare = pattern.replaceAll(/\[[^\]]*\]/g, '')
    return Object.keys(modifiers).every(modifier =>
      carried.includes(modifier) ? pattern.includes(`{${modifier}}`) : !bare.includes(`{${modifier}}`),
    )
  })
}

function sayTrait(
  grammar: Grammar,
  values: SampleValues,
  name: string,
  kind: PartKind | 'slot',
  carried: readonly string[],
  draw: Draw,
): string {
  const sayValue = (trait: string) => draw.pick(grammar.traits[trait]!.words![values[trait]!]!)
  return draw
    .pick(choosePatterns(grammar, values, name, kind, carried))
    .replaceAll(/\[([^\]]*)\]/g, (_, group: string) =>
      carried.some(modifier => group.includes(`{${modifier}}`)) ? group : '',
    )
    .replaceAll(/\{([^}]*)\}/g, (_, trait: string) => sayValue(trait || name))
}

function joinParts(parts: readonly string[], [between, last]: readonly [string, string]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(between)}${last}${parts.at(-1)}`
}
