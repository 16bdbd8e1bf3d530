import { GankitError, type Latent } from '@gankit/core'
import { type CaptionCondition, listExamples } from '../captions.ts'
import type { GeneratorDescription } from '../inputs.ts'
import type { PageBody } from './page-document.ts'

/** What the scripts of a page with a field for captions read beside the network. */
export interface CaptionPageData {
  readonly noise: Latent
  readonly words: readonly string[]
  /** Words in a caption, at most. */
  readonly length: number
  readonly sampleShape: readonly number[]
  /** Captions to start from. */
  readonly examples: readonly string[]
  /** Drawings of a caption. */
  readonly count: number
  /** The first seed. */
  readonly seed: number
}

/**
 * A page with a field for a caption, and drawings of it by seed.
 * @throws GankitError for a generator without noise
 */
export function captionPage(
  { noise, sampleShape }: GeneratorDescription,
  captions: CaptionCondition,
  { count = 9, seed = 0 }: { readonly count?: number; readonly seed?: number },
): PageBody<CaptionPageData> {
  if (!noise)
    throw new GankitError(
      'inference',
      'option',
      'the generator takes captions and no noise, expected both: export the model, and open it in a page of your own',
    )
  const { words, length } = captions
  return {
    data: { noise, words, length, sampleShape, examples: chooseExamples(captions), count, seed },
    about: 'A generator draws what words say.',
    main: [...ask(), ...board(sampleShape, count), ...tools(seed, words.length - 2)],
    styles: ['tiles.css', 'caption/caption.css'],
    modules: [
      'element',
      'packed',
      'language',
      'categories',
      'random',
      'generator',
      'save',
      ...['data', 'split', 'words', 'field', 'drawings', 'main'].map(name => `caption/${name}`),
    ],
  }
}

/** Captions of each language, at most. */
const maxEach = 4
/** Letters of a caption that names a few things and fits a line of a phone; a Chinese character is as wide as two. */
const goodWidth = 36

/** Captions in each of the languages that there are, neither long ones nor those that name little. */
function chooseExamples(captions: CaptionCondition): string[] {
  const all = listExamples(captions).filter(text => text !== '')
  const countHan = (text: string) => text.match(/\p{Script=Han}/gu)?.length ?? 0
  const missBy = (text: string) => Math.abs(text.length + countHan(text) - goodWidth)
  return [false, true].flatMap(han =>
    all
      .filter(text => countHan(text) > 0 === han)
      .sort((a, b) => missBy(a) - missBy(b))
      .slice(0, maxEach),
  )
}

function ask(): string[] {
  return [
    '<section class="ask">',
    '<label for="caption" data-text="caption"></label>',
    '<div class="field">',
    '<input type="text" id="caption" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="notice">',
    '<button type="button" id="another" data-text="another"></button>',
    '</div>',
    '<p id="notice" role="status" aria-live="polite"></p>',
    '<div id="examples" role="group" data-label="examples"></div>',
    '</section>',
  ]
}

function board([height, width]: readonly number[], count: number): string[] {
  return [
    '<div class="board">',
    '<section class="picture">',
    '<h2><span data-text="made"></span></h2>',
    `<canvas id="picture" width="${width}" height="${height}" role="img" data-label="made"></canvas>`,
    '</section>',
    '<section>',
    '<h2><span data-text="drawings"></span><output id="status" aria-live="off"></output></h2>',
    `<div id="tiles" role="group" data-label="drawings" aria-busy="true" style="--across: ${Math.ceil(Math.sqrt(count))}"></div>`,
    '</section>',
    '</div>',
  ]
}

function tools(seed: number, size: number): string[] {
  return [
    '<div class="tools">',
    '<button type="button" id="save-picture" data-text="savePicture"></button>',
    '<button type="button" id="save-all" data-text="saveAll"></button>',
    `<label><span data-text="seed"></span><input type="number" id="seed" min="0" step="1" value="${seed}"></label>`,
    '</div>',
    '<p class="note" id="again"></p>',
    '<details class="words">',
    `<summary data-text="vocabulary" data-size="${size}"></summary>`,
    '<p id="words"></p>',
    '</details>',
  ]
}
