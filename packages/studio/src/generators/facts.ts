/** What the README of an app says of a generator that comes with it; a test holds one to the other. */
export interface GeneratorFacts {
  readonly preset: string
  readonly data: 'mnist' | 'faces' | 'edges' | 'labelMaps' | 'painted' | 'reduced'
  /** Samples of the data. */
  readonly count: number
  readonly license: 'mnist' | 'personas'
  /** Left out where no one command makes it again. */
  readonly command?: string
}

const facts: Readonly<Record<string, GeneratorFacts>> = {
  'mnist-digits/default': {
    preset: 'quick',
    data: 'mnist',
    count: 10_000,
    license: 'mnist',
  },
  'dcgan-mnist/default': { preset: 'full', data: 'mnist', count: 10_000, license: 'mnist' },
  'face-generation/default': {
    preset: 'light',
    data: 'faces',
    count: 20_000,
    license: 'personas',
    command: 'npx gankit train face-generation --preset light --conditional --precision mixed --seed 1',
  },
  'edges-to-faces/default': {
    preset: 'quick',
    data: 'edges',
    count: 9_000,
    license: 'personas',
    command: 'npx gankit train edges-to-faces --seed 1 --backend tensorflow',
  },
  'edges-to-faces/labels': {
    preset: 'styles',
    data: 'labelMaps',
    count: 9_000,
    license: 'personas',
    command:
      'npx gankit train edges-to-faces --preset styles --drawing input=labels --seed 1 --backend tensorflow --threads 1',
  },
  'style-transfer/default': {
    preset: 'quick',
    data: 'painted',
    count: 5_000,
    license: 'personas',
    command: 'npx gankit train style-transfer --seed 1 --backend wasm',
  },
  'style-transfer/paintings-to-photos': {
    preset: 'quick',
    data: 'painted',
    count: 5_000,
    license: 'personas',
    command: 'npx gankit train style-transfer --seed 1 --backend wasm',
  },
  'super-resolution/default': {
    preset: 'srgan',
    data: 'reduced',
    count: 9_000,
    license: 'personas',
    command: 'npx gankit train super-resolution --preset srgan --seed 1 --backend tensorflow',
  },
  'segmentation/default': {
    preset: 'quick',
    data: 'labelMaps',
    count: 9_000,
    license: 'personas',
    command: 'npx gankit train segmentation --seed 1 --backend tensorflow',
  },
}

export const findFacts = (app: string, generator: string): GeneratorFacts | undefined =>
  facts[`${app}/${generator}`]
