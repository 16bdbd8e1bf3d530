/**
 * The table of data options: the settings of a dataset beside its path or its count. The types, the checks, the lists per
 * kind of data and the flags of the command are made from it, so a new option is one entry here. This module loads neither
 * TensorFlow.js nor decoders, so that a command can list its flags at once.
 */
import * as v from 'valibot'
import {
  type CartoonDrawing,
  type CartoonStyle,
  cartoonDrawingNames,
  cartoonStyleNames,
} from './cartoon/style.ts'
import type { DataOption, OptionGroup } from './data-option.ts'
import { parseChannels, parseCrop, parseShare, parseSize, parseWholeNumber } from './flag-values.ts'

export type { DataFlag, DataOption, OptionGroup } from './data-option.ts'

const side = wholeNumber(1, 4096)
const level = wholeNumber(0, 255)
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** The values of `captions` for pictures that are drawn here; for others it is a path. */
export const captionLanguages: readonly string[] = ['en', 'zh', 'both']

/** All data options, by name. */
export const dataOptions = {
  /** Pixels per side, or [height, width]; 1 to 4,096. Cartoon faces and birds are square, 8 to 512. Default 64. */
  size: {
    groups: ['pictures', 'faces', 'birds', 'photographs'],
    schema: v.union([side, v.tuple([side, side])]),
    default: 64,
    flag: { usage: '--size <pixels>', help: 'of pictures, a side or HEIGHTxWIDTH', parse: parseSize },
  } as DataOption<
    number | readonly [height: number, width: number],
    'pictures' | 'faces' | 'birds' | 'photographs'
  >,
  /** 3 for red, green and blue, 1 for the gray of ITU-R BT.601. Default 3. */
  channels: {
    groups: ['pictures', 'photographs'],
    schema: v.picklist([1, 3]),
    default: 3,
    flag: {
      usage: '--channels <n>',
      help: '3 for color, 1 for gray',
      choices: ['1', '3'],
      parse: parseChannels,
    },
  } as DataOption<1 | 3, 'pictures' | 'photographs'>,
  /**
   * The part of a picture that is kept before it is resized. 'center': the largest centered part of the shape of `size`.
   * 'none': all of it, squeezed. A number: a centered square of that many pixels per side; smaller pictures are skipped.
   * Default 'center'.
   */
  crop: {
    groups: ['pictures'],
    schema: v.union([v.picklist(['center', 'none']), wholeNumber(1)]),
    default: 'center',
    flag: {
      usage: '--crop <part>',
      help: 'of pictures: center, none, or the pixels per side of a centered square',
      parse: parseCrop,
    },
  } as DataOption<'center' | 'none' | number, 'pictures'>,
  /** How pixels are weighted where sizes change; all but 'nearest' are antialiased. Default 'lanczos3'. */
  resize: {
    groups: ['pictures'],
    schema: v.picklist(['lanczos3', 'cubic', 'linear', 'nearest']),
    default: 'lanczos3',
  } as DataOption<'lanczos3' | 'cubic' | 'linear' | 'nearest', 'pictures'>,
  /**
   * The factor by which pictures of `size` are made smaller once more, bicubically, as in the pairs of super-resolution; it divides
   * `size`. Default 1.
   */
  reduce: {
    groups: ['pictures', 'faces', 'birds', 'photographs'],
    schema: wholeNumber(1, 64),
    default: 1,
    flag: {
      usage: '--reduce <factor>',
      help: 'make pictures of that size smaller by this factor, bicubically',
      parse: text => parseWholeNumber(text, 1, 64),
    },
  } as DataOption<number, 'pictures' | 'faces' | 'birds' | 'photographs'>,
  /** Whether batches mirror every other sample, at random; the `augment` of `batches` goes first. Default false. */
  flip: {
    groups: ['pictures', 'photographs'],
    schema: v.boolean(),
    default: false,
    flag: { usage: '--flip', help: 'mirror every other picture, at random' },
  } as DataOption<boolean, 'pictures' | 'photographs'>,
  /**
   * The share by which batches enlarge each sample before they crop it to its size again, at a random place; the `augment` of
   * `batches` goes first. 0.12 is the jitter of pix2pix, from 286 to 256 pixels. Default 0.
   */
  jitter: {
    groups: ['pictures', 'photographs'],
    schema: share,
    default: 0,
    flag: {
      usage: '--jitter <share>',
      help: 'enlarge pictures by this share and crop them at random, as pix2pix does by 0.12',
      parse: parseShare,
    },
  } as DataOption<number, 'pictures' | 'photographs'>,
  /** 'folders': the class of a picture is the first folder on its path that not all pictures share. Default 'none'. */
  labels: {
    groups: ['folders'],
    schema: v.picklist(['folders', 'none']),
    default: 'none',
    flag: { usage: '--labels <from>', help: 'where classes come from', choices: ['folders', 'none'] },
  } as DataOption<'folders' | 'none', 'folders'>,
  /**
   * Which pictures of a set of two sides are samples: 'a', the left halves or the folder A; 'b', the right halves or the folder B;
   * 'both', of pairs a beside b. Default 'both'.
   */
  side: {
    groups: ['sides'],
    schema: v.picklist(['a', 'b', 'both']),
    default: 'both',
    flag: { usage: '--side <name>', help: 'of pairs and unpaired pictures', choices: ['a', 'b', 'both'] },
  } as DataOption<'a' | 'b' | 'both', 'sides'>,
  /** 'train' for the photographs to learn from, 'test' for the one that is held out. Default 'train'. */
  split: {
    groups: ['photographs'],
    schema: v.picklist(['train', 'test']),
    default: 'train',
    flag: {
      usage: '--split <name>',
      help: 'of photographs: those to learn from, or the one held out',
      choices: ['train', 'test'],
    },
  } as DataOption<'train' | 'test', 'photographs'>,
  /** The color behind transparent pixels: red, green and blue, 0 to 255. Default white. */
  background: {
    groups: ['pictures'],
    schema: v.tuple([level, level, level]),
    default: [255, 255, 255],
  } as DataOption<readonly [red: number, green: number, blue: number], 'pictures'>,
  /** The style of cartoon faces; `cartoonStyles` names their authors. Default 'personas'. */
  style: {
    groups: ['faces'],
    schema: v.picklist(cartoonStyleNames),
    default: 'personas',
    flag: { usage: '--style <name>', help: 'of cartoon faces', choices: cartoonStyleNames },
  } as DataOption<CartoonStyle, 'faces'>,
  /**
   * How cartoon faces are drawn. With the same count, size, style and seed, sample n is the same face in each. 'labels': each pixel
   * in the color of its part, as `cartoonLabels` lists them. 'edges': black lines where colors meet, some of them wobbling, thick
   * or broken, as a hand draws. 'outline': the outline of each shape. 'gray': the gray of ITU-R BT.601 in three channels.
   * 'painted': strokes of oil paint. 'pencil': contours and hatching. Default 'picture'.
   */
  drawing: {
    groups: ['faces'],
    schema: v.picklist(cartoonDrawingNames),
    default: 'picture',
    flag: {
      usage: '--drawing <name>',
      help: 'of cartoon faces, the same ones in each',
      choices: cartoonDrawingNames,
    },
  } as DataOption<CartoonDrawing, 'faces'>,
  /**
   * The standard deviation of normal noise on each value of cartoon faces, in units of [−1, 1]; what goes beyond white or black is
   * white or black. Its numbers depend on the seed and the face alone. Label maps stay exact, so one value does for pictures
   * and their labels. Default 0.
   */
  noise: {
    groups: ['faces'],
    schema: share,
    default: 0,
    flag: {
      usage: '--noise <std>',
      help: 'of cartoon faces, normal noise of this standard deviation, in units of [−1, 1]; label maps stay exact',
      parse: parseShare,
    },
  } as DataOption<number, 'faces'>,
  /**
   * The standard deviation of a color cast: each channel of a cartoon face is shifted by a normal number of its own, the same in all
   * pixels. Label maps stay exact. Default 0.
   */
  colorCast: {
    groups: ['faces'],
    schema: share,
    default: 0,
    flag: {
      usage: '--color-cast <std>',
      help: 'of cartoon faces, shift each channel by a normal number of this standard deviation; label maps stay exact',
      parse: parseShare,
    },
  } as DataOption<number, 'faces'>,
  /**
   * What batches have as captions of pictures. Of cartoon faces of the style personas and of birds: 'en', 'zh' or 'both', said by
   * grammars; pictures with a pair of values that is held out are left out. Of a folder or a zip: the path of a text file with a line
   * a caption, the picture's name, a tab and the caption. Default: none.
   */
  captions: {
    groups: ['captions'],
    schema: v.string(),
    default: '',
    flag: {
      usage: '--captions <of>',
      help: 'of faces and birds en, zh or both; of a folder or zip the file with lines NAME, tab, CAPTION',
    },
  } as DataOption<string, 'captions'>,
  /** Seed of the faces, birds or points; another seed gives others. Default 0. */
  dataSeed: {
    groups: ['faces', 'birds', 'points'],
    schema: wholeNumber(0),
    default: 0,
    flag: {
      usage: '--data-seed <n>',
      help: 'which faces, birds or points are drawn',
      parse: text => parseWholeNumber(text, 0),
    },
  } as DataOption<number, 'faces' | 'birds' | 'points'>,
}

type Table = typeof dataOptions

/** The options of these groups, each left out where its default will do. */
export type GroupOptions<Group extends OptionGroup> = {
  readonly [Name in keyof Table as Table[Name] extends DataOption<infer _, infer Groups>
    ? Extract<Groups, Group> extends never
      ? never
      : Name
    : never]?: Table[Name] extends DataOption<infer Value, infer _> ? Value : never
}

/** All options that a spec can have beside its path or count; plain data, so that a run's configuration can hold them. */
export type DataOptions = GroupOptions<OptionGroup>

/** The options that pictures in files take. */
export type ImageOptions = GroupOptions<'pictures' | 'folders'>

/** The names of the options that these groups take, in the order of the table. */
export function listOptions(...groups: readonly OptionGroup[]): readonly (keyof DataOptions)[] {
  const names = Object.keys(dataOptions) as (keyof DataOptions)[]
  return names.filter(name => dataOptions[name].groups.some(group => groups.includes(group)))
}

/** A schema that checks the options of these groups and fills in their defaults. */
export function createOptionsSchema<Group extends OptionGroup>(
  ...groups: readonly Group[]
): v.GenericSchema<unknown, Required<GroupOptions<Group>>> {
  const entries = listOptions(...groups).map(name => {
    const option = dataOptions[name] as DataOption<unknown, OptionGroup>
    return [name, v.optional(option.schema, option.default as never)] as const
  })
  return v.object(Object.fromEntries(entries)) as never
}

function wholeNumber(min: number, max: number = Number.MAX_SAFE_INTEGER): v.GenericSchema<number> {
  return v.pipe(v.number(), v.safeInteger('expected a whole number'), v.minValue(min), v.maxValue(max))
}
