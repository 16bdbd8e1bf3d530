import { GankitError, lookUp } from '@gankit/core'
import { type DataKind, type DataOptions, dataKinds, parseSpec } from '@gankit/datasets/node'
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
  if (flags.direction)
    throw new GankitError(
      'cli',
      'option',
      `--direction is '${flags.direction}', and there is only one stream: leave it out, --side chooses a side`,
    )
  const data = flags.data?.at(-1)
  const options = typed.map(({ option, all }) => [option, all])
  return { ...(data !== undefined && { data }), dataOptions: Object.fromEntries(options) }
}

/**
 * What the flags of a run say about each of several streams. An option without a stream's name is for all whose kind of
 * data takes it.
 * @param usual the specs that streams have where `--data` doesn't name others, by the names of all streams but the optional ones
 * @param options whether data without a stream's name are for all of these, and the streams that are there only where `--data` or
 *   an option names them
 * @throws GankitError for names of no stream, a stream without data, and an option that no stream takes
 */
export function readStreams(
  flags: StreamFlags,
  usual: Readonly<Record<string, string | undefined>>,
  {
    paired = false,
    optional = [],
  }: { readonly paired?: boolean; readonly optional?: readonly string[] } = {},
): Readonly<Record<string, StreamChoice>> {
  const always = Object.keys(usual)
  const specs = readSpecs(flags.data ?? [], { always, optional, paired })
  const typed = listTyped(flags)
  const all = Object.fromEntries([...always, ...optional].map(stream => [stream, usual[stream]]))
  for (const { flag, named } of typed)
    for (const stream of Object.keys(named)) lookUp('cli', `the stream in ${flag}`, stream, all)
  const isNamed = (stream: string) => stream in specs || typed.some(({ named }) => stream in named)
  const streams = [...always, ...optional.filter(isNamed)].map(stream => {
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
        `${flag} is given, and the data of ${streams.map(({ stream }) => stream).join(', ')} don't take it: leave it out`,
      )
  const sides = chooseSides(flags, specs, streams.slice(0, always.length))
  return Object.fromEntries(
    streams.map(({ stream, known }) => {
      const side = sides[stream]
      const options = typed.flatMap(({ option, all, named }) => {
        if (stream in named) return [[option, named[stream]]]
        return all === undefined || !known.includes(option) ? [] : [[option, all]]
      })
      const data = specs[stream]
      const dataOptions = { ...(side && { side }), ...Object.fromEntries(options) }
      return [stream, { ...(data !== undefined && { data }), dataOptions }]
    }),
  )
}

/**
 * The side that each of two streams gets of data with sides: the first one a and the second one b, or the other way round. A run
 * that goes on keeps its own where neither its data nor a direction are typed.
 * @throws GankitError for a direction where no data have sides
 */
function chooseSides(
  { direction }: StreamFlags,
  specs: Readonly<Record<string, string>>,
  streams: readonly { readonly stream: string; readonly known: readonly string[] }[],
): Readonly<Record<string, 'a' | 'b'>> {
  const sided = streams.filter(
    ({ stream, known }) => known.includes('side') && (direction !== undefined || stream in specs),
  )
  if (direction !== undefined && (sided.length === 0 || streams.length !== 2))
    throw new GankitError(
      'cli',
      'option',
      `--direction is '${direction}', and the data of ${streams.map(({ stream }) => stream).join(', ')} have no two sides, expected --data pairs:PATH or unpaired:PATH: leave it out`,
    )
  if (streams.length !== 2) return {}
  const [a, b] = direction === 'b-to-a' ? (['b', 'a'] as const) : (['a', 'b'] as const)
  return Object.fromEntries(sided.map(({ stream }) => [stream, stream === streams[0]!.stream ? a : b]))
}

/**
 * The specs behind `--data`, by stream; of several for one stream the last one counts.
 * @param always the streams without the optional ones
 * @throws GankitError for other names
 */
function readSpecs(
  texts: readonly string[],
  {
    always,
    optional,
    paired,
  }: { readonly always: readonly string[]; readonly optional: readonly string[]; readonly paired: boolean },
): Record<string, string> {
  const specs: Record<string, string> = {}
  const streams = [...always, ...optional]
  for (const text of texts) {
    const [, name, spec] = /^([\w-]+)=(.*)$/s.exec(text) ?? []
    // Data with two sides are for both streams; other data make pairs where a stream's options change them.
    if (name === undefined && (paired || (always.length === 2 && hasSides(text)))) {
      for (const stream of always) specs[stream] = text
      continue
    }
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

function hasSides(spec: string): boolean {
  const kind = spec.split(':')[0]!
  return Object.hasOwn(dataKinds, kind) && dataKinds[kind as DataKind].options.includes('side')
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
