import { type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import type { App } from '@gankit/experiment'
import { type DataFlags, selectDataOptions } from './flags.ts'

/** Data by their spec, with an absolute path where it has one, and their options. */
export interface ChosenData {
  readonly data: string
  readonly dataOptions: DataOptions
}

/** The data that `--data` and the flags beside it mean for an app. @throws GankitError for data that don't fit the app */
export function chooseData(
  { data: { default: usual, kinds, options = {} } }: App,
  flags: DataFlags & { readonly data?: string },
): ChosenData {
  const spec = parseSpec(flags.data ?? usual, kinds)
  return {
    data: formatSpec(spec),
    dataOptions: { ...keepKnown(spec.kind, options), ...selectDataOptions(flags) },
  }
}

/** The options that a kind of data has. */
export function keepKnown(kind: keyof typeof dataKinds, options: DataOptions): DataOptions {
  const known: readonly string[] = dataKinds[kind].options
  return Object.fromEntries(Object.entries(options).filter(([name]) => known.includes(name)))
}
