import { figureColors } from './colors.ts'
import { bestVerdicts } from './densities.ts'
import {
  checkExtent,
  checkValues,
  createScale,
  dotsAlong,
  dotsPath,
  drawLegend,
  figureDocument,
  formatTick,
  lineMark,
  type Point,
  pathData,
  pixels,
  type Scale,
  textTag,
} from './svg.ts'

/** A game on the line at one moment. Curves are given at equal places from one end of the axis to the other. */
export interface LineFigure {
  /** The ends of the axis of x. */
  readonly extent: readonly [min: number, max: number]
  /** The data's density at each place. */
  readonly data: ArrayLike<number>
  /** G's density at each place, as `smoothDensity` estimates it. */
  readonly generated: ArrayLike<number>
  /** D at each place, as a probability. Default: none is drawn. */
  readonly verdicts?: ArrayLike<number>
  /** First numbers of some latents, in order. */
  readonly latents: ArrayLike<number>
  /** What G makes of each of them. */
  readonly images: ArrayLike<number>
  /** What a screen reader says. Default: what the figure shows. */
  readonly title?: string
}

const [width, height] = [560, 424]
const [left, right] = [34, width - 40]
const [top, axis, sampleLine, latentLine] = [46, 262, 326, 398] as const

/**
 * Figure 1 of Goodfellow et al. 2014 as SVG, for any game on the line: the data's density dotted, G's density, D, and D's best answer
 * to both densities; below, the axes of x and of z, with a line from each z to G(z).
 * @throws GankitError for lists that differ in length, and numbers that are not finite
 */
export function lineFigureSvg({
  extent,
  data,
  generated,
  verdicts,
  latents,
  images,
  title = "The data's density, that of the generator, the discriminator, and the map from noise to samples",
}: LineFigure): string {
  checkExtent([extent], 1)
  checkValues('data', data, data.length)
  checkValues('generated', generated, data.length)
  if (verdicts) checkValues('verdicts', verdicts, data.length)
  checkValues('latents', latents, latents.length)
  checkValues('images', images, latents.length)
  const x = createScale(extent, [left, right])
  // A density that is much higher than the data's leaves the plot, rather than pressing the others down.
  const most = 1.25 * Array.from(data).reduce((a, b) => Math.max(a, b), 1e-12)
  const curve = (values: ArrayLike<number>, greatest: number): Point[] =>
    Array.from({ length: values.length }, (_, i) => [
      left + ((right - left) * i) / (values.length - 1),
      axis - Math.min(1.3, values[i]! / greatest) * (axis - top),
    ])
  const { generator, discriminator } = figureColors
  const line = (points: Point[], color: string, thickness: number, more = '') =>
    `<path d="${pathData(points)}" fill="none" stroke="${color}" stroke-width="${thickness}" stroke-linejoin="round"${more}/>`
  const dashed = ' stroke-dasharray="6 4" stroke-opacity="0.75"'
  return figureDocument(
    title,
    [width, height],
    [
      `<clipPath id="plot"><rect x="0" y="${top - 12}" width="${width}" height="${axis - top + 13}"/></clipPath>`,
      drawAxes(x, extent, verdicts !== undefined),
      drawMap(x, latents, images),
      '<g clip-path="url(#plot)">',
      ...(verdicts ? [line(curve(bestVerdicts(data, generated), 1), discriminator, 1.25, dashed)] : []),
      ...(verdicts ? [line(curve(verdicts, 1), discriminator, 2)] : []),
      line(curve(generated, most), generator, 2.25),
      dotsPath(dotsAlong(curve(data, most)), figureColors.data, 3.2),
      '</g>',
      drawLegend(
        [
          {
            label: 'data',
            mark: dotsPath(
              [0, 1, 2, 3, 4].map((i): Point => [1 + 5 * i, 0]),
              figureColors.data,
              3.2,
            ),
          },
          { label: 'G', mark: lineMark(generator, 2.25) },
          ...(verdicts
            ? [
                { label: 'D', mark: lineMark(discriminator, 2) },
                { label: 'best D for this G', mark: lineMark(discriminator, 1.25, dashed) },
              ]
            : []),
        ],
        [left, 18],
      ),
    ],
  )
}

function drawAxes(x: Scale, [min, max]: readonly [number, number], hasVerdicts: boolean): string {
  const { line, edge, discriminator, ink } = { ...figureColors, edge: '#848d9b' }
  const across = (y: number, color: string) =>
    `<path d="M${left} ${y + 0.5}H${right}" stroke="${color}" stroke-width="1" fill="none"/>`
  const half = (top + axis) / 2
  const ticks = x
    .ticks(7)
    .filter(tick => tick >= min && tick <= max)
    .map(
      tick =>
        `<path d="M${pixels(x(tick))} ${axis}v5" stroke="${edge}" fill="none"/>${textTag(formatTick(tick), [x(tick), axis + 15], { anchor: 'middle' })}`,
    )
  const verdicts = (
    [
      ['1', top],
      ['½', half],
      ['0', axis],
    ] as const
  ).map(([label, y]) => textTag(label, [right + 8, y], { color: discriminator }))
  return [
    ...(hasVerdicts ? [across(top, line), across(half, line), ...verdicts] : []),
    ...[axis, sampleLine, latentLine].map(y => across(y, edge)),
    ...ticks,
    textTag('x', [left - 10, sampleLine], { anchor: 'end', size: 15, color: ink, italic: true }),
    textTag('z', [left - 10, latentLine], { anchor: 'end', size: 15, color: ink, italic: true }),
  ].join('')
}

/** Lines from latents to what G makes of them; those that lead beyond the plot end at its edge. */
function drawMap(x: Scale, latents: ArrayLike<number>, images: ArrayLike<number>): string {
  const values = Array.from(latents)
  const from = createScale([Math.min(...values), Math.max(...values)], [left, right])
  const ends = values.map((latent, i) => ({
    latent: values.length > 1 ? from(latent) : (left + right) / 2,
    image: Math.min(right, Math.max(left, x(images[i]!))),
  }))
  const data = ends
    .map(({ latent, image }) => `M${pixels(latent)} ${latentLine}L${pixels(image)} ${sampleLine}`)
    .join('')
  const { generator } = figureColors
  return (
    `<path d="${data}" fill="none" stroke="${generator}" stroke-width="1" stroke-opacity="0.55"/>` +
    dotsPath(
      ends.map(({ image }): Point => [image, sampleLine]),
      generator,
      4,
    )
  )
}
