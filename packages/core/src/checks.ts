import { GankitError } from './errors.ts'

/** @throws GankitError of kind 'option' that names the option, what it is and what was expected, unless `holds` */
export function checkOption(
  packageName: string,
  option: string,
  got: unknown,
  holds: boolean,
  expected: string,
): void {
  if (holds) return
  const shown = typeof got === 'string' ? `'${got}'` : String(got)
  throw new GankitError(packageName, 'option', `${option} is ${shown}, expected ${expected}`, { option })
}

/** @throws GankitError of kind 'option' unless `got` is a whole number from `min` to `max` */
export function checkInteger(
  packageName: string,
  option: string,
  got: unknown,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): void {
  const holds = Number.isSafeInteger(got) && (got as number) >= min && (got as number) <= max
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
  checkOption(packageName, option, got, holds, `a whole number ${range}`)
}

/** @throws GankitError of kind 'option' unless `got` is a finite number above 0 */
export function checkPositive(packageName: string, option: string, got: unknown): void {
  checkOption(
    packageName,
    option,
    got,
    Number.isFinite(got) && (got as number) > 0,
    'a finite number above 0',
  )
}

/** @throws GankitError of kind 'option' that lists the choices, unless `got` is one of them */
export function checkChoice(
  packageName: string,
  option: string,
  got: unknown,
  choices: readonly string[],
): void {
  checkOption(packageName, option, got, choices.includes(got as string), `one of: ${choices.join(', ')}`)
}

/** What a table holds under a name. @throws GankitError of kind 'option' that lists the names there are */
export function lookUp<Value>(
  packageName: string,
  option: string,
  name: string,
  table: Readonly<Record<string, Value>>,
): Value {
  checkOption(
    packageName,
    option,
    name,
    Object.hasOwn(table, name),
    `one of: ${Object.keys(table).join(', ')}`,
  )
  return table[name]!
}

/** @throws GankitError of kind 'option' unless `got` is a color: red, green and blue as whole numbers from 0 to 255 */
export function checkColor(packageName: string, option: string, got: readonly number[]): void {
  const isByte = (value: number) => Number.isInteger(value) && value >= 0 && value <= 255
  const isColor = got.length === 3 && got.every(isByte)
  checkOption(packageName, option, got.join(' '), isColor, 'three whole numbers from 0 to 255')
}
