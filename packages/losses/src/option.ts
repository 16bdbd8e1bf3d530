import { GankitError } from '@gankit/core'

/** @throws GankitError that names the option, what it is and what was expected, unless it is `right` */
export function checkOption(option: string, got: unknown, right: boolean, expected: string): void {
  if (right) return
  const shown = typeof got === 'string' ? `'${got}'` : String(got)
  throw new GankitError('losses', 'option', `${option} is ${shown}, expected ${expected}`)
}

/** @throws GankitError unless it is a finite number above 0 */
export function checkPositive(option: string, got: number): void {
  checkOption(option, got, got > 0 && Number.isFinite(got), 'a finite number above 0')
}

/** What a record holds under a name. @throws GankitError that names what there is */
export function named<Value>(what: string, name: string, known: Readonly<Record<string, Value>>): Value {
  checkOption(what, name, Object.hasOwn(known, name), `one of: ${Object.keys(known).join(', ')}`)
  return known[name]!
}

/** Options that were given but stand for nothing here. @throws GankitError that names the first */
export function refuseOthers(what: string, given: object, known: readonly string[]): void {
  for (const [option, value] of Object.entries(given)) {
    if (value === undefined || known.includes(option)) continue
    const expected = known.length > 0 ? `expected one of: ${known.join(', ')}` : 'expected no options'
    throw new GankitError('losses', 'option', `${what} has no option ${option}, ${expected}`)
  }
}
