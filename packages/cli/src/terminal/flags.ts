import { extname } from 'node:path'
import { integer, type Value } from '@gankit/experiment/settings'
import { type Command, InvalidArgumentError } from 'commander'
import { is } from 'valibot'

// How flags are read. Every command's flags load this file, so nothing here may load TensorFlow.js.

/** Reads a value for commander. @returns a function that throws what commander prints: what was expected */
export function parseValue<Type>({
  schema,
  expected,
  parse = text => text,
}: Value<Type>): (text: string) => Type {
  return text => {
    const value = parse(text)
    if (is(schema, value)) return value
    throw new InvalidArgumentError(`Expected ${expected}.`)
  }
}

/**
 * Has flags and arguments of a command refuse an empty text: it is what a shell makes of a variable that isn't set, and no path, name
 * or number.
 */
export function refuseEmpty(command: Command): void {
  for (const option of command.options) {
    if (!option.required && !option.optional) continue
    const { parseArg } = option
    option.argParser((text, before) => {
      checkNotEmpty(text)
      return parseArg ? parseArg(text, before) : text
    })
  }
  for (const argument of command.registeredArguments) {
    const { parseArg, variadic } = argument
    argument.argParser((text, before: unknown) => {
      checkNotEmpty(text)
      if (parseArg) return parseArg(text, before)
      return variadic ? [...((before as string[] | undefined) ?? []), text] : text
    })
  }
}

function checkNotEmpty(text: string): void {
  if (text.trim() !== '') return
  throw new InvalidArgumentError('Expected a text that is not empty: is a variable of the shell not set?')
}

/** Reads a whole number from `min` to `max`. */
export function parseInteger(min: number, max?: number): (text: string) => number {
  return parseValue(integer(min, max))
}

/** Reads up to `maxCount` whole numbers from `min` to `max`, with commas between them. */
export function parseIntegers(min: number, max: number, maxCount: number): (text: string) => number[] {
  const { schema, parse } = integer(min, max)
  return text => {
    const numbers = text.split(',').map(word => parse!(word.trim()))
    if (numbers.length <= maxCount && numbers.every(number => is(schema, number))) return numbers as number[]
    throw new InvalidArgumentError(
      `Expected 1 to ${maxCount} whole numbers from ${min} to ${max}, commas between them.`,
    )
  }
}

/** Reads names with commas between them. */
export function parseNames(text: string): string[] {
  const names = text.split(',').map(name => name.trim())
  if (names.includes('')) throw new InvalidArgumentError('Expected names, commas between them.')
  return names
}

/** Reads a version of a package: '2.18.0'. */
export function parseVersion(text: string): string {
  if (/^\d+\.\d+\.\d+(rc\d+)?$/.test(text)) return text
  throw new InvalidArgumentError('Expected a version, as in 2.18.0.')
}

/** Reads a file name with one of these endings. @returns the name as it was typed */
export function parseFileName(...endings: readonly string[]): (text: string) => string {
  return text => {
    if (endings.includes(readEnding(text)) && !/[/\\]$/.test(text)) return text
    throw new InvalidArgumentError(`Expected a file name that ends in ${endings.join(' or ')}.`)
  }
}

/** The ending of a file name, in small letters: '.png'. */
export function readEnding(file: string): string {
  return extname(file).toLowerCase()
}

/** Threads that a backend can use at most; the runtime's `maxThreads`, which takes longer to load. */
const maxThreads = 8

/** Adds the flags that choose what computes. */
export function addBackendFlags(command: Command): Command {
  return addThreadsFlag(
    command.option('--backend <name>', 'auto, tensorflow, webgpu, wasm or cpu (default: auto, the fastest)'),
  )
}

/** Adds the flag for the threads of backends that have several. */
export function addThreadsFlag(command: Command): Command {
  return command.option(
    '--threads <n>',
    'threads of wasm and of native TensorFlow',
    parseInteger(1, maxThreads),
  )
}

/** Adds the flags that choose one of a run's generators, or of an app's. */
export function addGeneratorFlags(command: Command): Command {
  return command
    .option('--best', "use a run's best generator, where it was trained with --evaluate-every")
    .option('--generator <name>', 'of a run or an app with several generators: the name of one')
}
