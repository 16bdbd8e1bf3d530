import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { GankitError } from '@gankit/core'
import { type DataKind, type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import { captionLanguages } from '@gankit/datasets/options'
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
  if (!app.streams) return planData(app.data, readOneStream(flags))
  const { streams, paired = false } = app
  const always = listStreamNames({ streams })
  const usual = Object.fromEntries(always.map(stream => [stream, streams[stream]!.default]))
  const optional = Object.keys(streams).filter(stream => !always.includes(stream))
  const choices = Object.entries(readStreams(flags, usual, { paired, optional }))
  const planned: Readonly<Record<string, PlannedData>> = Object.fromEntries(
    choices.map(([stream, choice]) => [stream, planData(streams[stream]!, choice)]),
  )
  if (paired) checkDifferent(Object.fromEntries(always.map(stream => [stream, planned[stream]!])))
  return { streams: planned }
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
  const typed = placeCaptions(dataOptions, spec.kind)
  return { data: formatSpec(spec), dataOptions: { ...keepKnown(spec.kind, options), ...typed } }
}

/** Data options with an absolute path of captions, valid in any working folder. @param kind of data, where it is known */
export function placeCaptions(options: DataOptions, kind?: DataKind): DataOptions {
  const { captions } = options
  const isPath = captions && (kind === undefined || dataKinds[kind].argument === 'PATH')
  return isPath && !captionLanguages.includes(captions)
    ? { ...options, captions: resolve(captions) }
    : options
}

/** The options that a kind of data has. */
export function keepKnown(kind: keyof typeof dataKinds, options: DataOptions): DataOptions {
  const known: readonly string[] = dataKinds[kind].options
  return Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
}
