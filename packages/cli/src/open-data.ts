import type { Dataset } from '@gankit/core'
import { type DataOptions, openDataset, type PackProgress } from '@gankit/datasets/node'

export interface OpenDataOptions {
  readonly stream: NodeJS.WriteStream
  readonly signal: AbortSignal
  readonly allowSkipped?: boolean
}

/** Opens data and says on the stream what takes its time: packing, downloads, and what was skipped. */
export async function openData(
  spec: string,
  options: DataOptions,
  { stream, ...how }: OpenDataOptions,
): Promise<Dataset> {
  const line = changingLine(stream)
  const dataset = await openDataset(spec, options, {
    ...how,
    onNote: note => line.end(`Data     ${note}`),
    onProgress: progress => line.show(packing(progress), progress.done / progress.total),
    onDownload: ({ file, received, total }) =>
      line.show(`Data     ${file}: ${megabytes(received)} of ${megabytes(total)} MB`, received / total),
  }).finally(() => line.end())
  const { size, sampleShape, skipped = [] } = dataset
  line.end(`Data     ${spec}: ${size.toLocaleString('en')} samples of ${sampleShape.join('×')}`)
  const [first] = skipped
  if (first)
    line.end(
      `         ${skipped.length.toLocaleString('en')} skipped, the first one because ${first.name} ${first.why}; 'gankit data inspect' counts the reasons`,
    )
  return dataset
}

const barWidth = 24

function packing({ done, total, skipped }: PackProgress): string {
  const filled = Math.round((barWidth * done) / total)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
  const so = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
  return `Data     packing ${bar} ${so}${skipped > 0 ? `, ${skipped.toLocaleString('en')} skipped` : ''}`
}

/** A line that is written over on a terminal; elsewhere it is printed at every tenth of the way. */
function changingLine(stream: NodeJS.WriteStream) {
  let [open, tenths] = [false, -1]
  return {
    show(text: string, share: number) {
      const now = Math.floor(10 * share)
      if (stream.isTTY) stream.write(`\r\x1b[K${text}`)
      else if (now !== tenths) stream.write(`${text}\n`)
      open = stream.isTTY
      tenths = now
    },
    end(text?: string) {
      if (open) stream.write('\n')
      open = false
      if (text) stream.write(`${text}\n`)
    },
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)
