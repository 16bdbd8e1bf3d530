import { dataOptions } from '@gankit/datasets/options'
import { trainingFlags } from './settings/flags.ts'

/** A place where two configurations differ. */
export interface Difference {
  /** Where in the configuration: 'optimizers.generator.learningRate'. */
  readonly path: string
  readonly run: unknown
  readonly here: unknown
}

/** Where two pieces of plain data differ, leaf by leaf. What one of them lacks is undefined there. */
export function compareConfigs(run: unknown, here: unknown, path = ''): Difference[] {
  if (isRecord(run) && isRecord(here)) {
    const names = new Set([...Object.keys(run), ...Object.keys(here)])
    return [...names].flatMap(name => compareConfigs(run[name], here[name], path ? `${path}.${name}` : name))
  }
  return JSON.stringify(run) === JSON.stringify(here) ? [] : [{ path, run, here }]
}

/** '--batch is 32 in the run, 64 here' */
export function formatDifference({ path, run, here }: Difference): string {
  const show = (value: unknown) => (value === undefined ? 'not set' : JSON.stringify(value))
  return `${namePath(path)} is ${show(run)} in the run, ${show(here)} here`
}

/** What a person typed to set a place in a configuration, or saw of it; the path itself where that is neither. */
function namePath(path: string): string {
  const [first, ...rest] = path.split('.') as [string, ...string[]]
  if (first === 'streams') return `${namePath(rest.slice(1).join('.'))} of ${rest[0]}`
  if (first === 'dataset') return sampleWords[rest[0]!] ?? path
  const flag =
    first === 'dataOptions'
      ? dataOptions[rest[0] as keyof typeof dataOptions]?.flag?.usage
      : (otherFlags[path] ??
        otherFlags[first] ??
        trainingFlags.find(({ setting }) => setting === first)?.text)
  // What only an opposite can change, such as '--no-augment', is told by the flag itself.
  return flag === undefined ? path : flag.split(' ')[0]!.replace(/^--no-/, '--')
}

/** Flags beside those of the tables, and those of which a setting has several. */
const otherFlags: Readonly<Record<string, string>> = {
  preset: '--preset',
  seed: '--seed',
  data: '--data',
  conditional: '--conditional',
  'objective.labelSmoothing': '--label-smoothing',
  'objective.penalties': '--r1',
  'optimizers.generator.learningRate': '--learning-rate-g',
  'optimizers.discriminator.learningRate': '--learning-rate-d',
}

/** What a run's configuration says of samples. */
const sampleWords: Readonly<Record<string, string>> = {
  size: 'the number of samples',
  sampleShape: 'the shape of a sample',
  condition: 'what samples are conditioned on',
  heldOut: 'the number of pairs that are held out',
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
