import { isDeepStrictEqual } from 'node:util'
import { GankitError } from '@gankit/core'
import { type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import type { App, PerStream, PlannedData, StreamData } from '@gankit/experiment'
import type { StreamFlags } from './flags.ts'
import { readOneStream, readStreams, type StreamChoice } from './stream-flags.ts'

/** The data that flags mean for an app, by stream where it has several. @throws GankitError for data that don't fit the app */
export function chooseData(app: App, flags: StreamFlags): PerStream<PlannedData> {
  if (!app.streams) return planData(app.data, readOneStream(flags))
  const usual = Object.entries(app.streams).map(([stream, data]) => [stream, data.default])
  const choices = readStreams(flags, Object.fromEntries(usual), app.paired)
  const planned = Object.entries(app.streams).map(([stream, data]) => [
    stream,
    planData(data, choices[stream]!),
  ])
  const streams: Readonly<Record<string, PlannedData>> = Object.fromEntries(planned)
  if (app.paired) checkDifferent(streams)
  return { streams }
}

/** @throws GankitError where an input and its target would be the same picture */
function checkDifferent(streams: Readonly<Record<string, PlannedData>>): void {
  const [[first, one], ...others] = Object.entries(streams) as [
    [string, PlannedData],
    ...[string, PlannedData][],
  ]
  const same = others.find(([, other]) => isDeepStrictEqual(one, other))
  if (same)
    throw new GankitError(
      'cli',
      'option',
      `${first} and ${same[0]} are the same pictures of ${one.data}, expected pairs: --data pairs:PATH, or data for each, as in --data ${first}=SPEC --data ${same[0]}=SPEC`,
    )
}

/** Data by their spec, with an absolute path where it has one, and the app's options beside those that were typed. */
function planData(
  { default: usual, kinds, options = {} }: StreamData,
  { data = usual, dataOptions }: StreamChoice,
): PlannedData {
  const spec = parseSpec(data!, kinds)
  return { data: formatSpec(spec), dataOptions: { ...keepKnown(spec.kind, options), ...dataOptions } }
}

/** The options that a kind of data has. */
export function keepKnown(kind: keyof typeof dataKinds, options: DataOptions): DataOptions {
  const known: readonly string[] = dataKinds[kind].options
  return Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
}
