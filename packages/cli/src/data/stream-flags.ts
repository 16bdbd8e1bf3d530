import { GankitError, lookUp } from '@gankit/core'
import { type DataOptions, dataKinds, parseSpec } from '@gankit/datasets/node'
import { dataOptions } from '@gankit/datasets/options'
import type { StreamFlag, StreamFlags } from './flags.ts'

/** What flags say about one stream. */
export interface StreamChoice {
  /** The spec as it was typed, where one was. */
  readonly data?: string
  readonly dataOptions: DataOptions
}

interface TypedOption extends StreamFlag<unknown> {
  readonly option: keyof DataOptions
  /** As it was typed: '--size'. */
  readonly flag: string
}

/** What the flags of a run say about its only stream. @throws GankitError for a flag that names a stream */
export function readOneStream(flags: StreamFlags): StreamChoice {
  const typed = listTyped(flags)
  for (const { flag, named } of typed)
    for (const stream of Object.keys(named))
      throw new GankitError(
        'cli',
        'option',
        `${flag} names the stream '${stream}', and there is only one: leave '${stream}=' out`,
      )
  const data = flags.data?.at(-1)
  const options = typed.map(({ option, all }) => [option, all])
  return { ...(data !== undefined && { data }), dataOptions: Object.fromEntries(options) }
}

/**
 * What the flags of a run say about each of several streams. An option without a stream's name is for all whose kind of
 * data takes it.
 * @param usual the specs that streams have where `--data` doesn't name others, by the names of all streams
 * @throws GankitError for names of no stream, a stream without data, and an option that no stream takes
 */
export function readStreams(
  flags: StreamFlags,
  usual: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, StreamChoice>> {
  const specs = readSpecs(flags.data ?? [], Object.keys(usual))
  const typed = listTyped(flags)
  for (const { flag, named } of typed)
    for (const stream of Object.keys(named)) lookUp('cli', `the stream in ${flag}`, stream, usual)
  const streams = Object.keys(usual).map(stream => {
    const spec = specs[stream] ?? usual[stream]
    if (spec === undefined)
      throw new GankitError(
        'cli',
        'option',
        `the stream ${stream} has no data, expected --data ${stream}=SPEC: 'gankit data kinds' lists what SPEC may be`,
      )
    return { stream, known: dataKinds[parseSpec(spec).kind].options as readonly string[] }
  })
  for (const { option, flag, all } of typed)
    if (all !== undefined && !streams.some(({ known }) => known.includes(option)))
      throw new GankitError(
        'cli',
        'option',
        `${flag} is given, and the data of ${Object.keys(usual).join(', ')} don't take it: leave it out`,
      )
  return Object.fromEntries(
    streams.map(({ stream, known }) => {
      const options = typed.flatMap(({ option, all, named }) => {
        if (stream in named) return [[option, named[stream]]]
        return all === undefined || !known.includes(option) ? [] : [[option, all]]
      })
      const data = specs[stream]
      return [stream, { ...(data !== undefined && { data }), dataOptions: Object.fromEntries(options) }]
    }),
  )
}

/** The specs behind `--data`, by stream; of several for one stream the last one counts. @throws GankitError for other names */
function readSpecs(texts: readonly string[], streams: readonly string[]): Record<string, string> {
  const specs: Record<string, string> = {}
  for (const text of texts) {
    const [, name, spec] = /^([\w-]+)=(.*)$/s.exec(text) ?? []
    if (name === undefined || !streams.includes(name))
      throw new GankitError(
        'cli',
        'option',
        `--data is '${text}', which names ${name === undefined ? 'no stream' : `the stream '${name}'`}, expected one of: ${streams.map(stream => `${stream}=SPEC`).join(', ')}`,
      )
    specs[name] = spec!
  }
  return specs
}

/** The data options that were typed. */
function listTyped(flags: StreamFlags): TypedOption[] {
  return Object.entries(dataOptions).flatMap(([name, { flag }]) => {
    const option = name as keyof DataOptions
    const value = flags[option] as StreamFlag<unknown> | true | undefined
    if (value === undefined || !flag) return []
    const { all, named } = value === true ? { all: true, named: {} } : value
    return [{ option, flag: flag.usage.split(' ')[0]!, ...(all !== undefined && { all }), named }]
  })
}
