import { GankitError, lookUp } from '@gankit/core'

/** An objective, a penalty or a term as settings know it: what it is called, and what makes it from its options. */
export interface Entry<Name extends string, Options extends object, Made> {
  readonly name: Name
  /** The names of all of its options; `create` checks their values. */
  readonly options: readonly (keyof Options & string)[]
  /** @throws GankitError for an option out of range */
  readonly create: (options?: Options) => Made
}

/** Of an entry without options. */
export type NoOptions = Readonly<Record<never, never>>

/** The settings of an entry, plain data: its name and its options. */
export type EntrySettings<Known> = Known extends {
  readonly name: infer Name
  readonly create: (options?: infer Options) => unknown
}
  ? { readonly name: Name } & NonNullable<Options>
  : never

interface AnyEntry<Made> {
  readonly name: string
  readonly options: readonly string[]
  create(options?: object): Made
}

/** The entries that a module exports, by their names, in alphabetical order. */
export function indexEntries<Known extends { readonly name: string }>(
  entries: Readonly<Record<string, Known>>,
): Readonly<Record<string, Known>> {
  const sorted = Object.values(entries).sort((a, b) => (a.name < b.name ? -1 : 1))
  return Object.fromEntries(sorted.map(entry => [entry.name, entry]))
}

/**
 * Makes what settings stand for.
 * @param kind what the entries are, for errors
 * @throws GankitError for an unknown name, an option that the entry doesn't have, or one out of range
 */
export function createFromSettings<Made>(
  kind: string,
  entries: Readonly<Record<string, AnyEntry<Made>>>,
  { name, ...options }: { readonly name: string },
): Made {
  const entry = lookUp('losses', kind, name, entries)
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || entry.options.includes(option)) continue
    const expected = entry.options.length > 0 ? `only ${entry.options.join(', ')}` : 'no options'
    throw new GankitError(
      'losses',
      'option',
      `${option} is given with ${kind} '${name}', which takes ${expected}: leave it out`,
      { option },
    )
  }
  return entry.create(options)
}
