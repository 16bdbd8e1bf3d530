import { type CategoricalCondition, GankitError, type Generator, type Latent } from '@gankit/core'

/** What the page's scripts read, as JSON. */
export interface PageData {
  /** The layers model but for its weights: what `tf.io.fromMemory` takes beside them. */
  readonly model: object
  readonly weightSpecs: readonly object[]
  readonly noise: Latent
  readonly condition?: CategoricalCondition
  readonly sampleShape: readonly number[]
  /** Samples in the grid. */
  readonly count: number
  /** The first seed. */
  readonly seed: number
}

/** What stands in the page as it is. */
export interface PageParts {
  readonly title: string
  readonly style: string
  /** The module that runs in the page. */
  readonly script: string
  /** The classic script that runs in a worker, or in the page; it stands among the packed parts. */
  readonly engine: string
  /** Bytes in base64, by the id of their element. */
  readonly packed: Readonly<Record<string, string>>
  /** A comment for whoever reads the page's source. */
  readonly notice: string
  /** The source of a Content-Security-Policy for a script: 'sha256-…', quotes included. */
  hash(script: string): string
}

/** What a generator starts from and makes, where a page can show it. */
export type PageGenerator = Pick<PageData, 'noise' | 'condition' | 'sampleShape'>

/**
 * What a page can show of a generator: images from noise, and from categories where it takes them.
 * @throws GankitError for other inputs and samples, and for layers from outside TensorFlow.js
 */
export function checkPageGenerator(
  { noise, condition, sampleShape, output }: Omit<Generator, 'model'>,
  topology: unknown,
): PageGenerator {
  const image = sampleShape.length === 3 && [1, 3].includes(sampleShape[2]!)
  if (!image || output?.kind === 'sequence')
    throw new GankitError(
      'inference',
      'option',
      `sampleShape is [${sampleShape.join(', ')}], expected [height, width, channels] with 1 or 3 channels`,
    )
  if (!noise || (condition && condition.kind !== 'categories'))
    throw new GankitError(
      'inference',
      'option',
      `the generator takes ${noise ? `a condition of kind ${condition!.kind}` : 'no noise'}, expected noise, alone or with categories: export the model, and open it in a page of your own`,
    )
  checkStockLayers(topology)
  return { noise, ...(condition && { condition }), sampleShape }
}

/**
 * Refuses a layer from outside TensorFlow.js: its class name has a package before it, as in
 * `@gankit/layers>RadialBasis`.
 * @param topology of a layers model, at any depth
 */
function checkStockLayers(topology: unknown): void {
  if (typeof topology !== 'object' || topology === null) return
  const { class_name: name } = topology as { class_name?: unknown }
  if (typeof name === 'string' && name.includes('>'))
    throw new GankitError(
      'inference',
      'data',
      `the generator has a layer ${name}, expected layers of TensorFlow.js alone, as the page has no others: ` +
        'export the model, and open it where that package is imported',
    )
  for (const part of Object.values(topology)) checkStockLayers(part)
}

/** A generator as one HTML document that loads nothing: its policy forbids it, and allows no script but its own. */
export function pageDocument(
  data: PageData,
  { title, style, script, engine, packed, notice, hash }: PageParts,
): string {
  const allowed = [escapeScript(script), engine].map(hash).join(' ')
  const policy = [
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'`,
    // A worker of a page from disk starts from a blob, and so does its WebAssembly.
    `script-src ${allowed} 'wasm-unsafe-eval'; worker-src blob:; connect-src blob:`,
    `base-uri 'none'; form-action 'none'`,
  ].join('; ')
  return [
    '<!doctype html>',
    `<!-- ${notice} -->`,
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="gankit">',
    `<title>${escapeText(title)} – gankit</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...header(title),
    '<main id="work" hidden inert>',
    ...gallery(data),
    ...studio(data),
    '</main>',
    `<script type="application/json" id="generator-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    // It runs before the packed parts have come, and shows the places of the samples.
    `<script type="module" async>${escapeScript(script)}</script>`,
    ...Object.entries(packed).map(
      ([id, base64]) => `<script type="application/octet-stream" id="${id}">${base64}</script>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

// The page puts words in, in the reader's language; only those for readers without scripts stand here.
function header(title: string): string[] {
  return [
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    '<p class="subtitle" data-text="about">A generator makes a picture of random numbers.</p>',
    '<p id="error" role="alert" hidden></p>',
    '<noscript><p class="subtitle">The generator runs in this page: allow scripts to see its samples.</p></noscript>',
    '</header>',
  ]
}

function gallery({ seed, condition }: PageData): string[] {
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

function studio({ noise, condition, sampleShape: [height, width] }: PageData): string[] {
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

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it. */
function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character]!)
}

/** A script as it may stand in HTML, where these would end it or hide its end. */
function escapeScript(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
}
