import { type Dataset, GankitError } from '@gankit/core'
import { type DataOptions, dataKinds, formatSpec, parseSpec } from '@gankit/datasets/node'
import { type DataFlags, dataOptionsOf } from '../data-flags.ts'
import { openData } from '../open-data.ts'

/** Data, and their spec with an absolute path. */
export interface OpenedData {
  readonly dataset: Dataset
  readonly spec: string
}

/** Opens data for the commands that compare: flags that a kind of data doesn't have are meant for the other side. */
export function opener(
  flags: DataFlags,
  stream: NodeJS.WriteStream,
  signal: AbortSignal,
): (spec: string, usual?: DataOptions) => Promise<OpenedData> {
  return async (text, usual = {}) => {
    const spec = parseSpec(text)
    const known: readonly string[] = dataKinds[spec.kind].options
    const options = { ...usual, ...dataOptionsOf(flags) }
    const own = Object.fromEntries(
      // An image that is mirrored at random is another one each time.
      Object.entries(options).filter(([name]) => known.includes(name) && name !== 'flip'),
    )
    const { allowSkipped } = flags
    const how = { stream, signal, ...(allowSkipped && { allowSkipped }) }
    const name = formatSpec(spec)
    return { dataset: await openData(name, own, how), spec: name }
  }
}

/** @throws GankitError unless both sides have images of one shape */
export function checkSameShape(subject: readonly number[], real: readonly number[], spec: string): void {
  if (String(subject) === String(real)) return
  throw new GankitError(
    'cli',
    'data',
    `fakes are ${subject.join('×')} and ${spec} is ${real.join('×')}, expected one shape: name the data that it learned from with --against, and --size and --channels where they are pictures`,
  )
}
