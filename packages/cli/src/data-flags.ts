import type { DataOptions } from '@gankit/datasets/node'
import { type DataFlag, dataOptions } from '@gankit/datasets/options'
import { type Command, InvalidArgumentError, Option } from 'commander'

/** The flags about data beside their spec, by the names of commander. */
export interface DataFlags extends DataOptions {
  readonly allowSkipped?: boolean
}

/** Adds the flags of the table of data options, the same for every command that takes a spec. */
export function withDataFlags(command: Command): Command {
  for (const { flag } of Object.values(dataOptions)) if (flag) command.addOption(createOption(flag))
  return command.option('--allow-skipped', 'go on where more than 5% of the files have to be skipped')
}

/** The flags that are options of the data. */
export function dataOptionsOf(flags: DataFlags): DataOptions {
  const names = Object.keys(dataOptions) as (keyof DataOptions)[]
  const given = names.map(name => [name, flags[name]] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

function createOption({ usage, help, choices, parse }: DataFlag): Option {
  const option = new Option(usage, help)
  if (choices) option.choices([...choices])
  if (parse)
    option.argParser(text => {
      try {
        return parse(text)
      } catch (error) {
        throw new InvalidArgumentError((error as Error).message)
      }
    })
  return option
}
