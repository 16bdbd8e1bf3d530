import { conditionSize, GankitError, type Latent } from '@gankit/core'
import { escapeText, type PageContent } from '../html/document.ts'
import { checkImageShape } from '../pictures/picture.ts'

/** A generator of pictures, and what a page shows of it. */
export interface GeneratorPage {
  readonly title: string
  /** The layers model without its weights, as `tf.io.fromMemory` takes it. */
  readonly model: { readonly modelTopology: object; readonly [name: string]: unknown }
  /** Name, shape, kind and quantization of each weight; 16-bit floats halve the page. */
  readonly weightSpecs: readonly object[]
  /** All weights one after another. */
  readonly weights: Uint8Array
  readonly latent: Latent
  /** [height, width, channels], with 1 channel (gray) or 3 (red, green, blue), in [−1, 1]. */
  readonly sampleShape: readonly number[]
  /** Samples in the grid. Default 64. */
  readonly count?: number
  /** The first seed. Default 0. */
  readonly seed?: number
}

interface Base64Data {
  readonly weights: string
  /** The WebAssembly of TensorFlow.js. */
  readonly wasm: string
}

/**
 * The content of a generator's page: its markup, and the data of its scripts.
 * @throws GankitError for samples that are no pictures, and for a layer that plain TensorFlow.js lacks
 */
export function generatorContent({
  title,
  count = 64,
  seed = 0,
  ...page
}: Omit<GeneratorPage, 'weights'> & Base64Data): PageContent {
  checkImageShape(page.sampleShape)
  checkStockLayers(page.model.modelTopology)
  const body = [
    ...renderHeader(title),
    '<main id="work" hidden inert>',
    ...renderGallery(seed),
    ...renderStudio(page.latent),
    '</main>',
  ]
  const data = { ...page, count, seed }
  return { title, body, data, dataId: 'generator-data', wasm: true }
}

// The page's script puts in texts in the reader's language; the English ones here are for readers without scripts.
function renderHeader(title: string): string[] {
  return [
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    '<p class="subtitle" data-say="about">A generator makes a picture of random numbers.</p>',
    '<p id="fault" role="alert" hidden></p>',
    '<noscript><p class="subtitle">The generator runs in this page: allow scripts to see its samples.</p></noscript>',
    '</header>',
  ]
}

function renderGallery(seed: number): string[] {
  return [
    '<section class="gallery">',
    '<div class="tools">',
    '<button type="button" id="new" data-say="newSamples"></button>',
    `<label><span data-say="seed"></span><input type="number" id="seed" min="0" step="1" value="${seed}"></label>`,
    '<output id="status"></output>',
    '</div>',
    '<div id="tiles" role="group" data-label="samples" aria-busy="true"></div>',
    '<p class="note" data-say="again"></p>',
    '</section>',
  ]
}

function renderStudio({ size, conditions = [] }: Latent): string[] {
  const end = (name: 'from' | 'to') =>
    `<button type="button" class="end ${name}" id="choose-${name}"><canvas id="${name}"></canvas><span data-say="${name}"></span></button>`
  return [
    '<section class="studio">',
    '<canvas id="picture" role="img" data-label="picture"></canvas>',
    '<h2 data-say="between"></h2>',
    '<div class="between">',
    end('from'),
    '<input type="range" id="share" min="0" max="1" step="0.005" value="0" data-label="blend">',
    end('to'),
    '</div>',
    '<p class="note" data-say="choose"></p>',
    ...(conditions.length > 0 ? ['<h2 data-say="conditions"></h2>', '<div id="conditions"></div>'] : []),
    '<h2 data-say="numbers"></h2>',
    '<div id="numbers"></div>',
    `<p class="note" data-say="change" data-size="${size - conditionSize({ conditions })}"></p>`,
    '</section>',
  ]
}

/**
 * Checks that all layers of a model are TensorFlow.js's own. The class names of other layers begin with their package, as
 * in `@gankit/layers>RadialBasis`.
 * @param topology of a layers model, or any part of it
 * @throws GankitError that names the first layer of another package
 */
function checkStockLayers(topology: unknown): void {
  if (typeof topology !== 'object' || topology === null) return
  const { class_name: name } = topology as { class_name?: unknown }
  if (typeof name === 'string' && name.includes('>'))
    throw new GankitError(
      'visualization',
      'data',
      `the generator has a layer ${name}, expected layers of TensorFlow.js alone, as the page has no others: ` +
        'export the model, and open it where that package is imported',
    )
  for (const part of Object.values(topology)) checkStockLayers(part)
}
