import {
  type DataFlag,
  type DataOption,
  type DataOptions,
  dataOptions,
  type OptionGroup,
} from '@gankit/datasets/options'
import { type Command, InvalidArgumentError, Option } from 'commander'

/** What was typed about the data, beside their spec: data options by name, and whether many files may be skipped. */
export type DataFlags = DataOptions & { readonly allowSkipped?: boolean }

const table: readonly (readonly [string, DataOption<unknown, OptionGroup>])[] = Object.entries(dataOptions)

/** Adds the flags of the table of data options, the same for every command that takes a spec. */
export function addDataFlags(command: Command): Command {
  for (const [, { flag }] of table) if (flag) command.addOption(createOption(flag))
  return command.option('--allow-skipped', 'go on where more than 5% of the files can’t be read')
}

function createOption({ usage, help, choices, parse }: DataFlag): Option {
  const option = new Option(usage, help)
  if (choices) option.choices([...choices])
  if (!parse) return option
  return option.argParser((text: string) => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message)
    }
  })
}

/** The data options among flags. */
export function selectDataOptions(flags: DataFlags): DataOptions {
  const given = table.flatMap(([name]) => {
    const value = flags[name as keyof DataOptions]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}
