import type { Dataset } from '@gankit/core'
import { type DataOptions, openDataset, type PackProgress } from '@gankit/datasets/node'
import { formatCount, formatPlural } from '../terminal/format.ts'
import { shareLine } from '../terminal/progress-line.ts'

/** Options of `openData`. */
export interface OpenDataOptions {
  /** Gets notes and progress. */
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
  readonly allowSkipped?: boolean
  /** Only a few samples will be read. */
  readonly readsFew?: boolean
  /** The stream that the data are for, where a game has several. */
  readonly name?: string
}

/** Opens data, and shows packing, downloads and what was skipped on the stream. */
export async function openData(
  spec: string,
  options: DataOptions,
  { stream, name, ...context }: OpenDataOptions,
): Promise<Dataset> {
  const line = shareLine(stream)
  const dataset = await openDataset(spec, options, {
    ...context,
    onNote: note => line.end(`Data     ${note}`),
    onProgress: progress => line.show(formatPacking(progress), progress.done / progress.total),
    onDownload: ({ file, received, total }) =>
      line.show(
        `Data     ${file}: ${(received / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`,
        received / total,
      ),
  }).finally(() => line.end())
  const { size, sampleShape, skipped = [] } = dataset
  line.end(
    `Data     ${name === undefined ? '' : `${name}, `}${spec}: ${formatCount(size)} samples of ${sampleShape.join('×')}`,
  )
  const [first] = skipped
  if (first)
    line.end(
      `         ${formatPlural(skipped.length, 'file')} skipped, ${skipped.length > 1 ? 'the first one ' : ''}because ${first.name} ${first.why}; 'gankit data inspect' counts the reasons`,
    )
  return dataset
}

const barWidth = 24

function formatPacking({ done, total, skipped, process }: PackProgress): string {
  const filled = Math.round((barWidth * done) / total)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
  const counts = `${formatCount(done)} of ${formatCount(total)}`
  const packing = process === undefined ? 'packing' : `packing by process ${process}`
  return `Data     ${packing} ${bar} ${counts}${skipped > 0 ? `, ${formatCount(skipped)} skipped` : ''}`
}
