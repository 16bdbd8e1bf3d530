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
  return flag === undefined ? message : message.replace(`] ${path!}`, `] ${flag}`)
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
