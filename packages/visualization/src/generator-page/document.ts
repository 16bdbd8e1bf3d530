import { conditionSize, type Latent } from '@gankit/core'
import { escapeText } from '../escape.ts'
import { oneFileDocument, type PageParts } from '../one-file.ts'
import { checkImageShape } from '../samples.ts'
import type { GeneratorPage } from './generator-page.ts'
import { checkStockLayers } from './stock-layers.ts'

interface InBase64 {
  readonly weights: string
  /** The WebAssembly of TensorFlow.js. */
  readonly wasm: string
}

/** A generator as one HTML document that loads nothing. */
export function generatorDocument(
  { title, count = 64, seed = 0, ...page }: Omit<GeneratorPage, 'weights'> & InBase64,
  parts: PageParts,
): string {
  checkImageShape(page.sampleShape)
  checkStockLayers(page.model.modelTopology)
  const body = [
    ...header(title),
    '<main id="work" hidden inert>',
    ...gallery(seed),
    ...studio(page.latent),
    '</main>',
  ]
  const data = { ...page, count, seed }
  return oneFileDocument({ title, body, data, dataId: 'generator-data', wasm: true }, parts)
}

// Words are put in by the page, in the reader's language; those for readers without scripts are here.
function header(title: string): string[] {
  return [
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    '<p class="subtitle" data-say="about">A generator makes a picture of random numbers.</p>',
    '<p id="fault" role="alert" hidden></p>',
    '<noscript><p class="subtitle">The generator runs in this page: allow scripts to see its samples.</p></noscript>',
    '</header>',
  ]
}

function gallery(seed: number): string[] {
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

function studio({ size, conditions = [] }: Latent): string[] {
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
    ...(conditions.length > 0 ? ['<h2 data-say="asked"></h2>', '<div id="asked"></div>'] : []),
    '<h2 data-say="numbers"></h2>',
    '<div id="numbers"></div>',
    `<p class="note" data-say="turn" data-size="${size - conditionSize({ conditions })}"></p>`,
    '</section>',
  ]
}
