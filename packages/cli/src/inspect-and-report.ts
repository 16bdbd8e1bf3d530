import { formatSpec, parseSpec } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import { writeAside } from '@gankit/trainer/node'
import { encodePng, terminalPreview } from '@gankit/visualization'
import { type DataFlags, dataOptionsOf } from './data-flags.ts'
import { tableOf } from './data-report.ts'
import { endingOf } from './file-ending.ts'
import { inspectData } from './inspect-data.ts'
import { openData } from './open-data.ts'
import { colourOf, type Output } from './output.ts'

export interface InspectFlags extends DataFlags {
  readonly out?: string
  readonly json?: boolean
}

/** Opens data, goes through them, writes the grid and prints the findings. @throws GankitError for bad input */
export async function inspectAndReport(
  given: string,
  { out, json, allowSkipped, ...flags }: InspectFlags,
  { out: stdout, progress: stream }: Output,
  signal: AbortSignal,
): Promise<void> {
  const spec = parseSpec(given)
  const file = out ?? `${spec.kind}.png`
  endingOf('--out', file, ['.png'])
  await selectBackend({ backend: 'cpu' })
  const how = { stream, signal, ...(allowSkipped && { allowSkipped }) }
  const dataset = await openData(formatSpec(spec), dataOptionsOf(flags), how)
  try {
    const { findings, picture } = await inspectData(formatSpec(spec), dataset, signal)
    await writeAside(file, encodePng(picture))
    if (json) stdout.write(`${JSON.stringify({ ...findings, grid: file })}\n`)
    else {
      const { columns = 80 } = stdout
      stdout.write(`${terminalPreview(picture, { columns, rows: 24, colour: colourOf(stdout) })}\n`)
      stdout.write(`${tableOf(findings)}grid     ${file}\n`)
    }
  } finally {
    await dataset.close?.()
  }
}
