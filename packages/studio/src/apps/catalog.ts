/** A trained generator that comes with an app. */
export interface CatalogGenerator {
  /** As `--generator` of the command has it; the usual one is 'default'. */
  readonly name: string
  /** Its folder in the app's package. */
  readonly folder: string
}

/** What the pages know of an app before any of its code is loaded. */
export interface CatalogApp {
  readonly name: string
  readonly generators: readonly CatalogGenerator[]
  /** How its generators are given pictures: 'noise' where they are not. */
  readonly input: 'noise' | 'lines' | 'labels' | 'pictures'
  /** What one's own pictures can be here: one folder, one a stream, or folders A and B of pairs. */
  readonly own: 'pictures' | 'streams' | 'pairs'
}

const usual = { name: 'default', folder: 'generator' } as const

/** The apps that have a page. A new one is a line here, its import in `load.ts`, and its words in `text`. */
export const catalog: readonly CatalogApp[] = [
  { name: 'face-generation', generators: [usual], input: 'noise', own: 'pictures' },
  {
    name: 'edges-to-faces',
    generators: [usual, { name: 'labels', folder: 'generators/labels' }],
    input: 'lines',
    own: 'pairs',
  },
  {
    name: 'style-transfer',
    generators: [usual, { name: 'paintings-to-photos', folder: 'generators/paintings-to-photos' }],
    input: 'pictures',
    own: 'streams',
  },
  { name: 'super-resolution', generators: [usual], input: 'pictures', own: 'pictures' },
  { name: 'segmentation', generators: [usual], input: 'pictures', own: 'pairs' },
  { name: 'dcgan-mnist', generators: [usual], input: 'noise', own: 'pictures' },
  { name: 'mnist-digits', generators: [usual], input: 'noise', own: 'pictures' },
]

export function findApp(name: string | undefined): CatalogApp | undefined {
  return catalog.find(app => app.name === name)
}
