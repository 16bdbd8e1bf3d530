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

/** Which side of a set of two sides is given, and which one is to come of it. */
export type Direction = 'a-to-b' | 'b-to-a'

/** Values of a flag that may name a stream. */
export interface StreamFlag<Value> {
  /** For the streams that have none of their own. */
  readonly all?: Value
  /** By the name of the stream. */
  readonly named: Readonly<Record<string, Value>>
}

/** What was typed about the data of a run: texts of `--data`, data options for streams, and whether many files may be skipped. */
export type StreamFlags = {
  /** Each a spec, or 'photos=SPEC'. */
  readonly data?: readonly string[]
  readonly allowSkipped?: boolean
  /** Whether the first of two streams gets side a or side b of a set that has both. */
  readonly direction?: Direction
} & { readonly [Name in keyof DataOptions]?: StreamFlag<NonNullable<DataOptions[Name]>> | true }

const table: readonly (readonly [string, DataOption<unknown, OptionGroup>])[] = Object.entries(dataOptions)

/** Adds the flags of the table of data options, the same for every command that takes a spec. */
export function addDataFlags(command: Command): Command {
  return addFlags(command, readValue)
}

/** Adds the same flags for a command that reads several streams: '--size 64', or '--size photos=64' for one of them. */
export function addStreamFlags(command: Command): Command {
  return addFlags(command, (flag, text, before: StreamFlag<unknown> = { named: {} }): StreamFlag<unknown> => {
    const [, stream, own] = /^([A-Za-z][\w-]*)=(.*)$/s.exec(text) ?? []
    if (stream === undefined) return { ...before, all: readValue(flag, text) }
    return { ...before, named: { ...before.named, [stream]: readValue(flag, own!) } }
  })
}

function addFlags(command: Command, read: (flag: DataFlag, text: string, before: never) => unknown): Command {
  for (const [, { flag }] of table) {
    if (!flag) continue
    const option = new Option(flag.usage, flag.help)
    // The choices are for the help; `readValue` checks them.
    if (flag.choices) option.choices([...flag.choices])
    // A switch such as --flip takes no value.
    if (option.required) option.argParser((text, before) => read(flag, text, before as never))
    command.addOption(option)
  }
  return command.option('--allow-skipped', 'go on where more than 5% of the files can’t be read')
}

/** The value of a typed text. @throws InvalidArgumentError, which commander prints, for what is none */
function readValue({ choices, parse }: DataFlag, text: string): unknown {
  if (choices && !choices.includes(text))
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`)
  try {
    return parse ? parse(text) : text
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message)
  }
}

/** The data options among flags. */
export function selectDataOptions(flags: DataFlags): DataOptions {
  const given = table.flatMap(([name]) => {
    const value = flags[name as keyof DataOptions]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given)
}
