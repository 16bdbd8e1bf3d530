import { dataOptions } from '@gankit/datasets/options'
import { trainingFlags } from '@gankit/experiment/settings'
import type { Command } from 'commander'

/** An error that says which option is wrong: the mark that `GankitError` of core has. */
interface OptionError {
  readonly message: string
  readonly option?: string
}

/**
 * The message of an error, with the flag of the command in place of the option's name in a library: '--batch is 1' for
 * 'batch is 1'. Options that the command has no flag for keep their names.
 * @param command the command that was running
 */
export function nameFlagIn({ message, option }: OptionError, command: Command | undefined): string {
  if (option === undefined || !command) return message
  // 'preset of points' is an option with its owner.
  const [path] = option.split(' ')
  const flag = findFlag(path!, command)
  const others = /(?<=which takes only )[\w, ]+/
  const named = message.replace(others, names =>
    names
      .split(', ')
      .map(name => findFlag(name, command))
      .filter(name => name !== undefined)
      .join(', '),
  )
  return nameFlagFirst(named, path!, flag)
}

/** The same for the option that a message is about. */
function nameFlagFirst(message: string, path: string, flag: string | undefined): string {
  if (flag === undefined || message.includes(`] ${flag} `)) return message
  return message.includes(`] ${path}`)
    ? message.replace(`] ${path}`, `] ${flag}`)
    : message.replace('] ', `] ${flag}: `)
}

/**
 * Does work on what stands behind a flag, and has errors name the flag and the value: those of a library speak of what it was given.
 * @throws whatever the work throws
 */
export async function blameFlag<Result>(
  flag: string,
  value: string,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const { gankit, option } = error as OptionError & { readonly gankit?: unknown }
    if (gankit === true && error instanceof Error)
      error.message = option
        ? error.message.replace(new RegExp(`\\] ${option} (is|are) `), `] ${flag} is `)
        : error.message.replace('] ', `] ${flag} is '${value}': `)
    throw error
  }
}

/** The flag of an option by its whole path, then by the last part of it, then by the first: those of the tables, and the command's own. */
function findFlag(path: string, command: Command): string | undefined {
  const own = new Map(command.options.map(option => [option.attributeName(), option.long!]))
  const parts = path.split('.')
  for (const name of [path, parts.at(-1)!, parts[0]!]) {
    const flag = own.get(name) ?? own.get(attributeOf.get(name) ?? '')
    if (flag !== undefined) return flag
  }
  return undefined
}

/** What commander calls the flag of a setting, by the setting's name: latentSize is latent. The first flag of several. */
const attributeOf: ReadonlyMap<string, string> = new Map([
  ...[...trainingFlags].reverse().map(({ setting, name }) => [setting, name] as const),
  ...Object.keys(dataOptions).map(name => [name, name] as const),
  // What models and data call what flags set.
  ['imageShape', 'size'],
  ['attribute', 'conditional'],
])
