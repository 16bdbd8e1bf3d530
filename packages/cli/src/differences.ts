/** Something that two configurations don't agree on. */
export interface Difference {
  /** Where in the configuration, as in 'optimizers.generator.learningRate'. */
  readonly path: string
  readonly run: unknown
  readonly here: unknown
}

/** Where two pieces of plain data differ, leaf by leaf. What one of them lacks is undefined there. */
export function differencesOf(run: unknown, here: unknown, path = ''): Difference[] {
  if (isRecord(run) && isRecord(here)) {
    const names = new Set([...Object.keys(run), ...Object.keys(here)])
    return [...names].flatMap(name => differencesOf(run[name], here[name], path ? `${path}.${name}` : name))
  }
  return JSON.stringify(run) === JSON.stringify(here) ? [] : [{ path, run, here }]
}

/** 'batch is 32 in the run, 64 here' */
export function inWords({ path, run, here }: Difference): string {
  const shown = (value: unknown) => (value === undefined ? 'not set' : JSON.stringify(value))
  return `${path} is ${shown(run)} in the run, ${shown(here)} here`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
