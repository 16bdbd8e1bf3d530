import { checkColor, checkOption, GankitError, type ImageCondition, type Latent } from '@gankit/core'
import type { GeneratorDescription } from '../inputs.ts'
import { escapeText, type PageBody } from './page-document.ts'

/** A color, red, green and blue, from 0 to 255. */
export type PageColor = readonly [red: number, green: number, blue: number]

/** What one makes a generator's input with: ink on paper, labels by their colors, or pictures of one's own. */
export type DrawingKind =
  | { readonly kind: 'lines'; readonly ink: PageColor; readonly paper: PageColor }
  | {
      readonly kind: 'labels'
      /** At least two; the first one covers an empty sheet. */
      readonly palette: readonly { readonly name: string; readonly color: PageColor }[]
    }
  | { readonly kind: 'pictures' }

/** What a page shows of a generator that turns pictures into others. */
export interface DrawingPageOptions {
  /** Default: pictures of one's own. */
  readonly input?: DrawingKind
  /** Inputs to start from, as PNG files of the size of an input. */
  readonly examples?: readonly Uint8Array[]
  /** What is said of the generator, by name: app, preset, seed, data, license. */
  readonly origin?: Readonly<Record<string, string>>
}

/** What the scripts of a page that one draws on read beside the network. */
export interface DrawingPageData {
  readonly noise?: Latent
  readonly inputShape: ImageCondition['shape']
  readonly sampleShape: readonly number[]
  readonly input: DrawingKind
  /** PNG files, in base64. */
  readonly examples: readonly string[]
}

/**
 * A page with a sheet to draw on, and beside it what a generator makes of the drawing.
 * @throws GankitError for inputs that are no pictures, colors that are none, and examples of another size
 */
export function drawingPage(
  { noise, condition, sampleShape }: GeneratorDescription,
  { input = { kind: 'pictures' }, examples = [], origin = {} }: DrawingPageOptions = {},
): PageBody<DrawingPageData> {
  const { shape } = condition as ImageCondition
  if (![1, 3].includes(shape[2]))
    throw new GankitError(
      'inference',
      'option',
      `the generator takes images of [${shape.join(', ')}], expected [height, width, channels] with 1 or 3 channels: a page shows no others`,
    )
  checkColors(input)
  for (const [i, png] of examples.entries()) checkPng(png, i, shape)
  const data = {
    ...(noise && { noise }),
    inputShape: shape,
    sampleShape,
    input,
    examples: examples.map(png => Buffer.from(png).toString('base64')),
  }
  return {
    data,
    about: abouts[input.kind],
    main: [...board(data), ...bench(data), ...starts(data), ...card(origin)],
    styles: ['drawing/drawing.css', 'drawing/tools.css'],
    modules: [
      'element',
      'packed',
      'language',
      'categories',
      'random',
      'generator',
      'save',
      ...[
        'data',
        'words',
        'brush',
        'fill',
        'pixels',
        'history',
        'sheet',
        'pointer',
        'tools',
        'starts',
        'translation',
        'main',
      ].map(name => `drawing/${name}`),
    ],
  }
}

const abouts: Readonly<Record<DrawingKind['kind'], string>> = {
  lines: 'A generator makes a picture of the lines that you draw.',
  labels: 'A generator makes a picture of the labels that you paint.',
  pictures: 'A generator makes another picture of yours.',
}

function checkColors(input: DrawingKind): void {
  if (input.kind === 'pictures') return
  const colors = input.kind === 'lines' ? [input.ink, input.paper] : input.palette.map(({ color }) => color)
  checkOption('inference', 'palette', colors.length, colors.length >= 2, 'at least two labels')
  for (const color of colors) checkColor('inference', 'color', color)
}

const pngSignature = '89504e470d0a1a0a'

/** @throws GankitError unless a file is a PNG of this size; it isn't decoded */
function checkPng(png: Uint8Array, at: number, [height, width]: ImageCondition['shape']): void {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength)
  const isPng = bytes.length > 24 && bytes.toString('hex', 0, 8) === pngSignature
  const size = isPng ? [bytes.readUInt32BE(20), bytes.readUInt32BE(16)] : []
  if (String(size) !== String([height, width]))
    throw new GankitError(
      'inference',
      'option',
      `example ${at} is ${isPng ? `a PNG of ${size.join('×')}` : 'no PNG'}, expected one of ${height}×${width}, as inputs of the generator are`,
    )
}

const icons = {
  brush: 'M4 20l1-4L16.5 4.5a2 2 0 0 1 3 3L8 19l-4 1zM14.5 6.5l3 3',
  eraser: 'M9 19l-5-5a2 2 0 0 1 0-3l7-7a2 2 0 0 1 3 0l5 5a2 2 0 0 1 0 3l-7 7zM8 8l8 8M9 19h11',
  fill: 'M11 4l8 8-7 7a2 2 0 0 1-3 0l-5-5a2 2 0 0 1 0-3l7-7L8 1.500M4 12.500h14.500M21 16c-1 1.5-1.5 2-1.5 3a1.5 1.5 0 0 0 3 0c0-1-.5-1.5-1.5-3z',
  undo: 'M9 6L4 11l5 5M4 11h10a5 5 0 0 1 0 10h-3',
  redo: 'M15 6l5 5-5 5M20 11H10a5 5 0 0 0 0 10h3',
  clear: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  arrow: 'M4 12h15M13 6l6 6-6 6',
}

function icon(name: keyof typeof icons): string {
  return `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${icons[name]}"/></svg>`
}

function board({ inputShape, sampleShape, input }: DrawingPageData): string[] {
  const frame = (shape: readonly number[]) =>
    `width="${shape[1]}" height="${shape[0]}" style="aspect-ratio: ${shape[1]} / ${shape[0]}"`
  const isDrawn = input.kind !== 'pictures'
  return [
    `<div class="board ${input.kind}">`,
    '<section class="panel">',
    `<h2 data-text="${isDrawn ? 'drawing' : 'given'}"></h2>`,
    '<div class="frame" id="sheet">',
    `<canvas id="drawing" ${frame(inputShape)} ${isDrawn ? 'tabindex="0" role="application"' : 'role="img"'} data-label="${isDrawn ? 'sheet' : 'given'}"></canvas>`,
    `<p class="hint" id="hint" aria-hidden="true" data-text="${isDrawn ? 'hint' : 'dropHint'}"></p>`,
    ...(isDrawn ? ['<div class="ring" id="ring" hidden></div>'] : []),
    '</div>',
    '</section>',
    `<div class="arrow">${icon('arrow')}</div>`,
    '<section class="panel made">',
    '<h2><span data-text="made"></span><output id="status" aria-live="off"></output></h2>',
    '<div class="frame">',
    `<canvas id="picture" ${frame(sampleShape)} role="img" data-label="made" aria-busy="true"></canvas>`,
    '</div>',
    '</section>',
  ]
}

/** The tools below the drawing and what is done with the picture below the picture; they end the board. */
function bench({ input, noise }: DrawingPageData): string[] {
  const tool = (name: 'brush' | 'eraser' | 'fill') =>
    `<button type="button" class="tool" id="${name}" aria-pressed="${name === 'brush'}">${icon(name)}<span data-text="${name}"></span></button>`
  const step = (name: 'undo' | 'redo' | 'clear') =>
    `<button type="button" class="step" id="${name}" data-label="${name}">${icon(name)}</button>`
  const sizes = ['fine', 'middle', 'thick'].map(
    (name, i) =>
      `<button type="button" class="size" data-label="${name}" aria-pressed="${i === (input.kind === 'labels' ? 1 : 0)}"><i></i></button>`,
  )
  const tools =
    input.kind === 'pictures'
      ? []
      : [
          '<div class="group" role="group" data-label="tools">',
          tool('brush'),
          input.kind === 'labels' ? tool('fill') : tool('eraser'),
          '</div>',
          '<div class="group" id="sizes" role="group" data-label="sizes">',
          ...sizes,
          '</div>',
        ]
  return [
    '<div class="tools">',
    ...tools,
    `<div class="group">${step('undo')}${step('redo')}${input.kind === 'pictures' ? '' : step('clear')}</div>`,
    ...(input.kind === 'labels' ? palette(input.palette) : []),
    '</div>',
    '<div class="saves">',
    '<button type="button" id="save-picture" class="main" data-text="savePicture"></button>',
    '<button type="button" id="save-drawing" data-text="saveDrawing"></button>',
    '<button type="button" id="save-both" data-text="saveBoth"></button>',
    ...(noise ? ['<button type="button" id="another" data-text="another"></button>'] : []),
    '<p id="slow" class="note" role="status" hidden></p>',
    '</div>',
    '</div>',
  ]
}

function palette(labels: readonly { readonly name: string; readonly color: PageColor }[]): string[] {
  return [
    '<div class="palette" id="palette" role="group" data-label="palette">',
    ...labels.map(
      ({ name, color }, i) =>
        `<button type="button" aria-pressed="${i === Math.min(1, labels.length - 1)}"><i style="background: rgb(${color.join(', ')})"></i>${escapeText(name)}</button>`,
    ),
    '</div>',
  ]
}

function starts({ examples, input }: DrawingPageData): string[] {
  return [
    '<section class="starts">',
    `<h2 data-text="${examples.length > 0 ? 'starts' : 'own'}"></h2>`,
    '<div class="strip" id="examples" role="group" data-label="starts"></div>',
    '<div class="more">',
    ...(examples.length > 0 ? ['<button type="button" id="surprise" data-text="surprise"></button>'] : []),
    `<label class="file"><input type="file" id="file" accept="image/*"><span data-text="${input.kind === 'pictures' ? 'open' : 'openDrawing'}"></span></label>`,
    '</div>',
    '</section>',
  ]
}

/** What is known of the generator. */
function card(origin: Readonly<Record<string, string>>): string[] {
  const rows = ['app', 'preset', 'seed', 'data', 'license'].filter(name => origin[name] !== undefined)
  if (rows.length === 0) return []
  return [
    '<section class="card">',
    '<h2 data-text="card"></h2>',
    '<dl>',
    ...rows.map(name => `<dt data-text="${name}"></dt><dd>${escapeText(origin[name]!)}</dd>`),
    '</dl>',
    '</section>',
  ]
}
