import { generatorsEn } from '../generators/text-en.ts'
import { runEn } from '../run/text-en.ts'

/** The words of a page of an app, by its name. */
export interface AppWords {
  readonly title: string
  readonly about: string
}

const apps: Readonly<Record<string, AppWords>> = {
  'face-generation': {
    title: 'Faces',
    about: 'Faces that a DCGAN draws, at random or by hair, glasses, skin and mouth.',
  },
  'edges-to-faces': {
    title: 'Drawings into faces',
    about: 'Draw lines or labels; pix2pix makes a face of them.',
  },
  'style-transfer': {
    title: 'Photos and paintings',
    about: 'CycleGAN gives a picture another style; it never saw a pair.',
  },
  'super-resolution': {
    title: 'Larger pictures',
    about: 'SRGAN makes a picture four times as high and wide.',
  },
  segmentation: {
    title: 'Labels of every pixel',
    about: 'A segmenter says what each pixel shows, with an adversary’s help.',
  },
  'dcgan-mnist': { title: 'Digits, DCGAN', about: 'Handwritten digits by convolutions.' },
  'mnist-digits': {
    title: 'Digits, vanilla GAN',
    about: 'Handwritten digits by dense layers, as in the first paper.',
  },
}

/** All words of the studio, in English. */
export const en = {
  title: 'gankit studio',
  skip: 'To the content',
  close: 'Close',
  start: {
    title: 'A generator that makes what was not there',
    about:
      'A GAN is two networks at play: the generator G makes pictures out of random numbers, and the discriminator D says which ones are real. Each learns from the other, until D can’t tell.',
    apps: 'Apps',
    playground: 'Playground',
    playgroundAbout:
      'GANs of one and two dimensions that learn before your eyes: the figures of the course, and its questions.',
    local: 'Everything runs in this browser. Nothing is sent anywhere.',
  },
  tabs: { label: 'What to do', draw: 'Draw', train: 'Train in this tab' },
  apps,
  generators: generatorsEn,
  run: runEn,
  training: {
    preset: 'Preset',
    steps: 'Steps',
    batch: 'Batch',
    seed: 'Seed',
    backend: 'Computed by',
    backends: {
      auto: 'the fastest here',
      webgpu: 'WebGPU',
      webgl: 'WebGL',
      wasm: 'WebAssembly',
      cpu: 'JavaScript',
    },
    conditional: 'By attributes',
    measured: 'Measure quality while it trains',
    data: 'Data',
    shipped: {
      embedded: '10,000 digits of MNIST',
      cartoon: 'cartoon faces, drawn here',
      birds: 'birds, drawn here',
    },
    own: 'Pictures of your own',
    ownOf: (stream: string) => `Pictures of your own for ${stream}`,
    ownHint: 'A folder, or some pictures; they stay on this machine. Drop them here, or choose.',
    pairsHint: 'A folder that holds folders A and B with the same names: inputs and targets.',
    chosen: (count: string, name: string) => `${count} pictures of ${name}`,
    forget: 'Take the app’s data again',
    notPictures: 'no pictures among these files: choose JPEG, PNG, WebP or GIF',
    notPairs:
      'pictures of A and B don’t match in number, or there are none: the folder should hold A and B with the same names',
    begin: 'Train',
    loading: 'Loading…',
    readingData: 'Reading the data…',
    reading: (done: string, total: string) => `Reading pictures, ${done} of ${total}`,
    kept: 'Runs in this browser',
    keptAbout: 'Runs stay in this browser until you delete them: close the page, and go on another day.',
    none: 'None yet.',
    goOn: 'Go on',
    look: 'Look',
    remove: 'Delete',
    removeSure: 'Delete this run with its checkpoints?',
    notKept: (why: string) =>
      `This browser keeps nothing (${why}): the run trains, but is lost when the page is closed. Save the model before.`,
    failed: 'That didn’t work',
    saveModel: 'Save the model',
    weights: 'weights (SHA-256)',
    again: 'A new run',
    slow: 'Computed by JavaScript alone, which is slow: this browser has no WebAssembly SIMD, WebGL or WebGPU that starts.',
    another: 'Another tab trains this run: go on there, or close it.',
  },
}

export type Text = typeof en
