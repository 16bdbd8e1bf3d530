import { type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import {
  type App,
  listStreamNames,
  type PerStream,
  type PlannedData,
  type StreamData,
} from '@gankit/experiment'
import type { StreamFlags } from './flags.ts'
import { readOneStream, readStreams, type StreamChoice } from './stream-flags.ts'

/** The data that flags mean for an app, by stream where it has several. @throws GankitError for data that don't fit the app */
export function chooseData(app: App, flags: StreamFlags): PerStream<PlannedData> {
  const { streams } = app
  if (!streams) return planData(app.data, readOneStream(flags))
  const always = listStreamNames({ streams })
  const usual = Object.fromEntries(always.map(stream => [stream, streams[stream]!.default]))
  const optional = Object.keys(streams).filter(stream => !always.includes(stream))
  const choices = Object.entries(readStreams(flags, usual, optional))
  const planned = choices.map(([stream, choice]) => [stream, planData(streams[stream]!, choice)])
  return { streams: Object.fromEntries(planned) }
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
