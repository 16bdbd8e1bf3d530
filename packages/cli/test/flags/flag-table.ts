import {
  choice,
  crop,
  file,
  fraction,
  type Kind,
  numbers,
  positive,
  range,
  share,
  sides,
  wholeNumber,
  wrong,
} from './wrong-values.ts'

/** A flag that takes nothing. */
export const isSwitch = 'switch'
/** A flag whose value may be any text: a place to write to, or to read from, which other tests are about. */
export const isAnyText = 'any text'

/** What a flag takes. */
export type FlagKind = Kind | typeof isSwitch | typeof isAnyText

/** A command: the words that it needs beside the flag that is tried, and what its flags take. */
export interface FlagTable {
  readonly words: readonly string[]
  /** Flags that it needs; they are left out where the flag itself is tried. */
  readonly needed?: Readonly<Record<string, string>>
  readonly flags: Readonly<Record<string, FlagKind>>
}

const objectives =
  'hinge, least-squares, minimax, non-saturating, relativistic, relativistic-average, signed-minimax, wasserstein-gp'.split(
    ', ',
  )

const data: Readonly<Record<string, FlagKind>> = {
  '--size': sides,
  '--channels': choice('1', '3'),
  '--crop': crop,
  '--reduce': wholeNumber(1, 64),
  '--flip': isSwitch,
  '--jitter': share,
  '--labels': choice('folders', 'none'),
  '--side': choice('a', 'b', 'both'),
  '--split': choice('train', 'test'),
  '--style': choice('personas'),
  '--drawing': choice('picture', 'labels'),
  '--noise': share,
  '--color-cast': share,
  '--captions': isAnyText,
  '--data-seed': wholeNumber(0),
  '--allow-skipped': isSwitch,
}

const backend: Readonly<Record<string, FlagKind>> = {
  '--backend': choice('auto', 'webgpu', 'tensorflow', 'wasm', 'cpu'),
  '--threads': wholeNumber(1, 8),
}

const onlyGenerator = wrong(['other'], /and model has one generator: leave it out/)
const generator: Readonly<Record<string, FlagKind>> = { '--best': isSwitch, '--generator': onlyGenerator }
const json: Readonly<Record<string, FlagKind>> = { '--json': isSwitch }

/** Every command with every flag that it has. */
export const flagTables: Readonly<Record<string, FlagTable>> = {
  gankit: { words: [], flags: { '--version': isSwitch } },
  'gankit apps': { words: ['apps'], flags: json },
  'gankit train': {
    words: ['train', 'tiny-points'],
    flags: {
      '--preset': choice('quick'),
      '--data': wrong(['no:such', 'ring:', 'ring:many', 'ring:0', 'x=ring'], /expected/),
      '--conditional': wrong(['hair', ','], /expected/i),
      '--steps': wholeNumber(1),
      '--batch': wholeNumber(2),
      '--latent': wholeNumber(1, 65_536),
      '--discriminator-steps': wholeNumber(1, 1000),
      '--warm-up-discriminator': wholeNumber(0),
      '--no-warm-up-discriminator': isSwitch,
      '--simultaneous': isSwitch,
      '--no-simultaneous': isSwitch,
      '--objective': choice(...objectives),
      '--label-smoothing': fraction,
      '--r1': positive,
      '--optimizer': choice('adam', 'momentum', 'rmsprop', 'sgd'),
      '--learning-rate': positive,
      '--learning-rate-g': positive,
      '--learning-rate-d': positive,
      '--clip-norm': positive,
      '--no-clip-norm': isSwitch,
      '--instance-noise': positive,
      '--no-instance-noise': isSwitch,
      '--augment': isSwitch,
      '--no-augment': isSwitch,
      '--sample-every': wholeNumber(1),
      '--checkpoint-every': wholeNumber(1),
      '--keep': wholeNumber(1, 1000),
      '--evaluate-every': wholeNumber(1),
      '--no-evaluate-every': isSwitch,
      '--best-by': choice('frechet-distance', 'frechet-infinity', 'kid'),
      '--doctor': isSwitch,
      '--no-doctor': isSwitch,
      '--tensorboard': isSwitch,
      '--no-tensorboard': isSwitch,
      '--time-limit': positive,
      '--no-time-limit': isSwitch,
      '--seed': wholeNumber(0),
      ...backend,
      ...data,
      '--no-allow-skipped': isSwitch,
      '--direction': choice('a-to-b', 'b-to-a'),
      '--precision': choice('float32', 'mixed'),
      '--out': isAnyText,
      '--resume': wrong(
        ['nothing', '../nothing'],
        /does not exist, expected a run directory: 'gankit runs' lists/,
      ),
      '--accept-changes': isSwitch,
      '--watch': isSwitch,
      ...json,
    },
  },
  'gankit sample': {
    words: ['sample', 'model'],
    needed: { '--out': 'x.png' },
    flags: {
      '--count': wholeNumber(1, 10_000),
      '--seed': wholeNumber(0),
      '--attributes': wrong(
        ['hair', 'hair=', '=red', 'hair=red,'],
        /expected name=value, as in glasses=none/,
      ),
      '--out': file('.png', '.txt'),
      '--each': isAnyText,
      ...generator,
    },
  },
  'gankit draw': {
    words: ['draw', 'red hair', 'model'],
    needed: { '--out': 'x.png' },
    flags: {
      '--out': file('.png', '.gif'),
      '--count': wholeNumber(1, 400),
      '--seed': wholeNumber(0),
      '--to': isAnyText,
      '--frames': wholeNumber(2, 100),
      '--words': wrong(['nothing'], /expected a run or the beginning of its name/),
      ...generator,
    },
  },
  'gankit walk': {
    words: ['walk', 'model'],
    needed: { '--out': 'x.gif' },
    flags: {
      '--count': wholeNumber(1, 400),
      '--stops': wholeNumber(2, 100),
      '--frames': wholeNumber(1, 200),
      '--seed': wholeNumber(0),
      '--delay': wholeNumber(20, 10_000),
      '--out': file('.gif', '.png'),
      ...generator,
    },
  },
  'gankit translate': {
    words: ['translate', 'model', '.'],
    needed: { '--out': 'x.png' },
    flags: {
      '--out': isAnyText,
      '--by': choice('whole', 'tiles'),
      '--overlap': wholeNumber(0),
      '--seed': wholeNumber(0),
      ...generator,
    },
  },
  'gankit arithmetic': {
    words: ['arithmetic', 'model'],
    needed: { '--a': '1', '--out': 'x.png' },
    flags: {
      '--a': numbers,
      '--b': numbers,
      '--c': numbers,
      '--seed': wholeNumber(0),
      '--out': file('.png'),
      ...generator,
    },
  },
  'gankit evaluate': {
    words: ['evaluate', 'model'],
    flags: {
      '--against': wrong(['no:such', 'nothing', 'cartoon:0', 'cartoon:many'], /expected/),
      '--metrics': wrong(['fid', 'KID', ','], /expected some of frechet-distance|Expected names/),
      '--count': wholeNumber(2),
      '--seeds': wholeNumber(1, 100),
      '--seed': wholeNumber(0),
      '--extractor': wrong(['inception'], /expected digits, cartoon-faces, birds, pixels, or the folder/),
      '--layer': wrong(['features'], /expected --extractor/),
      '--range': range,
      '--neighbors': file('.png'),
      '--segmenter': wrong(['segmentation'], /is not measured beside targets of its own: leave it out/),
      ...backend,
      ...data,
      ...generator,
      ...json,
    },
  },
  'gankit export': {
    words: ['export', 'model'],
    needed: { '--to': 'tfjs', '--out': 'copy' },
    flags: {
      '--to': choice('tfjs', 'half', 'html', 'onnx', 'onnx-half'),
      '--out': isAnyText,
      '--examples': wrong(['pictures'], /with --to tfjs, expected --to html: leave it out/),
      '--no-examples': isSwitch,
      ...generator,
    },
  },
  'gankit runs': { words: ['runs'], flags: json },
  'gankit inspect': {
    words: ['inspect', 'run'],
    needed: { '--animation': 'training.gif' },
    flags: {
      '--out': file('.html'),
      '--animation': file('.gif', '.png'),
      '--fps': wholeNumber(1, 50),
      '--width': wholeNumber(64, 4096),
      ...json,
    },
  },
  'gankit watch': {
    words: ['watch', 'run'],
    flags: { '--port': wholeNumber(1, 65_535), '--open': isSwitch },
  },
  'gankit summary': {
    words: ['summary', 'tiny-points'],
    flags: { '--preset': choice('quick'), '--batch': wholeNumber(1), ...json },
  },
  'gankit data': { words: ['data'], flags: {} },
  'gankit data inspect': {
    words: ['data', 'inspect', 'ring:100'],
    flags: { '--out': file('.png'), ...data, ...json },
  },
  'gankit data kinds': { words: ['data', 'kinds'], flags: {} },
  'gankit backends': {
    words: ['backends'],
    flags: { '--no-speed': isSwitch, '--threads': wholeNumber(1, 8), ...json },
  },
  'gankit backends install': {
    words: ['backends', 'install', 'native'],
    flags: {
      '--gpu': isSwitch,
      '--source': choice('release', 'wheel'),
      '--tensorflow': wrong(['latest', '2', 'two.18.0', '2.18.0;rm'], /Expected a version, as in 2\.18\.0/),
    },
  },
  'gankit backends remove': { words: ['backends', 'remove', 'native'], flags: {} },
}
