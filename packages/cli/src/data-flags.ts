import type { DataOptions } from '@gankit/datasets/node'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { wholeNumber } from './numbers.ts'

/** What was typed about the data, beside their spec. */
export interface DataFlags extends Pick<DataOptions, 'crop' | 'channels' | 'flip' | 'labels' | 'dataSeed'> {
  readonly size?: DataOptions['size']
  readonly style?: DataOptions['style']
  readonly allowSkipped?: boolean
}

/** Adds the flags that say what becomes of data, the same for every command that takes a spec. */
export function withDataFlags(command: Command): Command {
  return command
    .option('--size <pixels>', 'of pictures, a side or HEIGHTxWIDTH', size)
    .addOption(
      new Option('--channels <n>', '3 for colour, 1 for grey').choices(['1', '3']).argParser(channels),
    )
    .option('--crop <part>', "of pictures: centre, none, or a centred square's pixels", crop)
    .option('--flip', 'mirror every other picture, at random')
    .addOption(new Option('--labels <from>', 'where classes come from').choices(['folders', 'none']))
    .addOption(
      new Option('--style <name>', 'of cartoon faces').choices(['personas', 'toon-head', 'big-ears']),
    )
    .option('--data-seed <n>', 'which faces or points are drawn', wholeNumber(0))
    .option('--allow-skipped', 'go on where more than 5% of the files have to be skipped')
}

/** The flags that are options of the data. */
export function dataOptionsOf(flags: DataFlags): DataOptions {
  const { size, channels, crop, flip, labels, style, dataSeed } = flags
  const given = Object.entries({ size, channels, crop, flip, labels, style, dataSeed })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}

function size(text: string): number | [number, number] {
  const [height, width] = text.split('x').map(wholeNumber(1, 4096))
  if (text.split('x').length > 2) throw new InvalidArgumentError('Expected 64, or 96x64.')
  return width === undefined ? height! : [height!, width]
}

function channels(text: string): 1 | 3 {
  if (text !== '1' && text !== '3') throw new InvalidArgumentError('Expected 1 or 3.')
  return text === '1' ? 1 : 3
}

function crop(text: string): 'centre' | 'none' | number {
  return text === 'centre' || text === 'none' ? text : wholeNumber(1, 4096)(text)
}
