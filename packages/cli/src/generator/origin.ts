import { type CartoonStyle, cartoonStyles } from '@gankit/datasets'
import { parseSpec } from '@gankit/datasets/node'
import { listStreams, type PlannedData } from '@gankit/experiment'
import { openApp, readRun } from '@gankit/experiment/node'
import { chooseData } from '../data/choose.ts'
import type { GeneratorSource } from './find.ts'

/**
 * Where a generator comes from, for a file that leaves this machine: app, preset and seed, and the authors and license of data that
 * have some. The path of a folder isn't told.
 */
export async function describeOrigin(
  source: string,
  { kind }: GeneratorSource,
): Promise<Readonly<Record<string, string>>> {
  if (kind === 'model') return {}
  if (kind === 'app') {
    const app = await openApp(source)
    const data = listStreams<PlannedData>(chooseData(app, {})).map(([, each]) => each)
    return { app: app.name, ...describeLicense(data) }
  }
  const { app, preset, config } = await readRun(source)
  if (!config) return { app, preset }
  const data = listStreams<PlannedData>(config).map(([, each]) => each)
  return { app, preset, seed: String(config.seed), ...describeLicense(data) }
}

function describeLicense(data: readonly PlannedData[]): { readonly license?: string } {
  const licenses = [...new Set(data.map(readLicense))].filter(license => license !== undefined)
  return licenses.length > 0 ? { license: licenses.join('; ') } : {}
}

/** Authors and license of data that are known to have some. */
function readLicense({ data, dataOptions }: PlannedData): string | undefined {
  const { kind } = parseSpec(data)
  if (kind === 'embedded' || kind === 'mnist')
    return 'digits of MNIST by Yann LeCun, Corinna Cortes and Christopher Burges, CC BY-SA 3.0'
  if (kind === 'birds') return 'birds drawn by gankit, MIT'
  if (kind !== 'cartoon') return undefined
  const { title, creator, license } = cartoonStyles[(dataOptions.style ?? 'personas') as CartoonStyle]
  return `faces of the style ${title} (${creator}), ${license}`
}
