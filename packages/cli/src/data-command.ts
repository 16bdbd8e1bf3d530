import { extname } from 'node:path'
import { GankitError } from '@gankit/core'
import { dataKinds, fullSpec, parseSpec } from '@gankit/datasets/node'
import { selectBackend } from '@gankit/runtime/node'
import { writeAside } from '@gankit/trainer/node'
import { encodePng, terminalPreview } from '@gankit/visualization'
import { Command } from 'commander'
import { type DataFlags, dataOptionsOf, withDataFlags } from './data-flags.ts'
import { tableOf } from './data-report.ts'
import { inspectData } from './inspect-data.ts'
import { stoppable } from './interrupt.ts'
import { openData } from './open-data.ts'
import { colourOf, type Output } from './output.ts'

interface InspectFlags extends DataFlags {
  readonly out?: string
  readonly json?: boolean
}

/** `gankit data inspect <spec>` and `gankit data kinds`. */
export function dataCommand(output: Output): Command {
  const inspect = new Command('inspect')
    .description('count data, measure how fast they come, and draw a grid of them')
    .argument('<spec>', 'embedded, folder:PATH, cartoon:20000, …')
    .option('--out <file.png>', 'where the grid is written (default: <kind>.png)')
    .option('--json', 'print the findings as one JSON object')
    .action((spec: string, flags: InspectFlags) =>
      stoppable(
        output.progress,
        signal => inspectAndReport(spec, flags, output, signal),
        'what is packed is kept',
      ),
    )
  return new Command('data')
    .description('look at the data that training would get')
    .addCommand(withDataFlags(inspect))
    .addCommand(
      new Command('kinds').description('list the kinds of data, and how to name them').action(() => {
        for (const [kind, { takes, about, options }] of Object.entries(dataKinds))
          output.out.write(
            `${(takes ? `${kind}:${takes}` : kind).padEnd(16)}${about}${options.length > 0 ? ` (${options.map(flagOf).join(' ')})` : ''}\n`,
          )
      }),
    )
}

async function inspectAndReport(
  given: string,
  { out, json, allowSkipped, ...flags }: InspectFlags,
  { out: stdout, progress: stream }: Output,
  signal: AbortSignal,
): Promise<void> {
  const spec = parseSpec(given)
  const file = out ?? `${spec.kind}.png`
  if (extname(file).toLowerCase() !== '.png')
    throw new GankitError('cli', 'option', `--out is '${file}', expected a file name that ends in .png`)
  await selectBackend({ backend: 'cpu' })
  const how = { stream, signal, ...(allowSkipped && { allowSkipped }) }
  const dataset = await openData(fullSpec(spec), dataOptionsOf(flags), how)
  try {
    const { findings, picture } = await inspectData(fullSpec(spec), dataset, signal)
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

const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
