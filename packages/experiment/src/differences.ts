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

/** 'batch is 32 in the run, 64 here' */
export function formatDifference({ path, run, here }: Difference): string {
  const show = (value: unknown) => (value === undefined ? 'not set' : JSON.stringify(value))
  return `${path} is ${show(run)} in the run, ${show(here)} here`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
