import { type CategoricalCondition, GankitError, type Latent } from '@gankit/core'
import type { GeneratorDescription } from '../inputs.ts'
import type { PageBody } from './page-document.ts'

/** What the scripts of a page that draws samples read beside the network. */
export interface SamplePageData {
  readonly noise: Latent
  readonly condition?: CategoricalCondition
  readonly sampleShape: readonly number[]
  /** Samples in the grid. */
  readonly count: number
  /** The first seed. */
  readonly seed: number
}

/**
 * A page with a grid of samples by seed and one sample to change, of a generator that starts from noise, and from categories where
 * it takes them.
 * @throws GankitError for other inputs
 */
export function samplePage(
  { noise, condition, sampleShape }: GeneratorDescription,
  { count = 64, seed = 0 }: { readonly count?: number; readonly seed?: number },
): PageBody<SamplePageData> {
  if (!noise || (condition && condition.kind !== 'categories'))
    throw new GankitError(
      'inference',
      'option',
      `the generator takes ${noise ? `a condition of kind ${condition!.kind}` : 'no noise'}, expected noise, alone or with categories, or an image: export the model, and open it in a page of your own`,
    )
  const data = { noise, ...(condition && { condition }), sampleShape, count, seed }
  return {
    data,
    about: 'A generator makes a picture of random numbers.',
    main: [...gallery(data), ...studio(data)],
    styles: ['page.css', 'tiles.css'],
    modules: [
      'element',
      'data',
      'packed',
      'language',
      'words',
      'categories',
      'random',
      'blend',
      'generator',
      'save',
      'conditions',
      'gallery',
      'studio',
      'main',
    ],
  }
}

function gallery({ seed, condition }: SamplePageData): string[] {
  return [
    '<section class="gallery">',
    '<div class="tools">',
    '<button type="button" id="new" data-text="newSamples"></button>',
    `<label><span data-text="seed"></span><input type="number" id="seed" min="0" step="1" value="${seed}"></label>`,
    '<button type="button" id="save-grid" class="quiet" data-text="saveGrid" disabled></button>',
    '<output id="status"></output>',
    '</div>',
    ...(condition ? ['<h2 data-text="forAll"></h2>', '<div id="for-all" class="attributes"></div>'] : []),
    '<div id="tiles" role="group" data-label="samples" aria-busy="true"></div>',
    '<p class="note" id="again"></p>',
    '</section>',
  ]
}

function studio({ noise, condition, sampleShape: [height, width] }: SamplePageData): string[] {
  const size = `width="${width}" height="${height}"`
  const end = (name: 'from' | 'to') =>
    `<button type="button" class="end ${name}" id="choose-${name}"><canvas id="${name}" ${size}></canvas><span data-text="${name}"></span></button>`
  return [
    '<section class="studio">',
    `<canvas id="picture" ${size} role="img" data-label="picture"></canvas>`,
    '<p class="save"><button type="button" id="save-picture" data-text="savePicture"></button></p>',
    '<h2 data-text="between"></h2>',
    '<div class="between">',
    end('from'),
    '<input type="range" id="share" min="0" max="1" step="0.005" value="0" data-label="blend">',
    end('to'),
    '</div>',
    '<p class="note" data-text="choose"></p>',
    ...(condition
      ? ['<h2 data-text="attributes"></h2>', '<div id="attributes" class="attributes"></div>']
      : []),
    '<h2 data-text="numbers"></h2>',
    '<div id="numbers"></div>',
    `<p class="note" data-text="turn" data-size="${noise.size}"></p>`,
    '</section>',
  ]
}
