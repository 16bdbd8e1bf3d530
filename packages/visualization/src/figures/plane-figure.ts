import { GankitError } from '@gankit/core'
import { toDataUrl } from '../html/data-url.ts'
import { encodePng } from '../pictures/png.ts'
import { figureColors, verdictColors } from './colors.ts'
import {
  checkExtent,
  checkValues,
  createScale,
  dotsPath,
  drawLegend,
  figureDocument,
  formatTick,
  type LegendEntry,
  lineMark,
  type Point,
  pathData,
  pixels,
  type Scale,
  textTag,
} from './svg.ts'

/** A game in the plane at one moment. */
export interface PlaneFigure {
  /** The ends of the axes of x and y. */
  readonly extent: readonly (readonly [min: number, max: number])[]
  /** Real samples, [n, 2]. */
  readonly reals: ArrayLike<number>
  /** Samples of G, [n, 2]. */
  readonly fakes: ArrayLike<number>
  /**
   * D in the cells of a square grid, as probabilities, row by row from the least y: D at the places that `placesInPlane` gives. Default:
   * none is drawn.
   */
  readonly verdicts?: ArrayLike<number>
  /** What G makes of lines of latents, as `latticeLatents` gives them: [lines, points, 2]. Default: none is drawn. */
  readonly lattice?: { readonly images: ArrayLike<number>; readonly points: number }
  /** Centers of the data's modes to which no fake is near: they get a ring. Default: none. */
  readonly missed?: readonly (readonly number[])[]
  /** What a screen reader says. Default: what the figure shows. */
  readonly title?: string
}

/** Pixels of the longer side of the plot, and from the picture's edges to it. */
const longest = 496
const margins = { left: 44, right: 20, top: 40, bottom: 30 } as const

/**
 * A game in the plane as SVG: D as a heat map, blue where it takes samples for real and orange where for fake; real samples, samples of
 * G over the lattice of z as G bends it; and rings around modes that G misses.
 * @throws GankitError for lists whose length fits no points, and numbers that are not finite
 */
export function planeFigureSvg({
  extent,
  reals,
  fakes,
  verdicts,
  lattice,
  missed = [],
  title = 'Real samples, those of the generator, and the discriminator in the plane',
}: PlaneFigure): string {
  checkExtent(extent, 2)
  checkValues('reals', reals, reals.length)
  checkValues('fakes', fakes, fakes.length)
  const side = Math.sqrt(verdicts?.length ?? 0)
  if (verdicts && !(Number.isInteger(side) && side > 0))
    throw new GankitError(
      'visualization',
      'data',
      `verdicts has ${verdicts.length} numbers, expected those of a square grid`,
    )
  if (verdicts) checkValues('verdicts', verdicts, verdicts.length)
  if (lattice) checkValues('lattice.images', lattice.images, lattice.images.length)
  const [[minX, maxX], [minY, maxY]] = extent as [[number, number], [number, number]]
  // Both axes have the same unit, unless one would be a stripe.
  const ratio = Math.min(3, Math.max(1 / 3, (maxY - minY) / (maxX - minX)))
  const [across, down] = [longest / Math.max(1, ratio), longest * Math.min(1, ratio)].map(Math.round) as [
    number,
    number,
  ]
  const { left, top } = margins
  const [right, bottom] = [left + across, top + down]
  const [x, y] = [createScale([minX, maxX], [left, right]), createScale([minY, maxY], [bottom, top])]
  const at = (points: ArrayLike<number>): Point[] =>
    Array.from({ length: points.length / 2 }, (_, i) => [x(points[2 * i]!), y(points[2 * i + 1]!)])
  const { data, generator, ground, fakeSide } = figureColors
  const frame = `x="${left}" y="${top}" width="${across}" height="${down}"`
  const legend: LegendEntry[] = [
    {
      label: 'real',
      mark: dotsPath(
        [
          [4, -2],
          [11, 3],
          [18, -1],
        ],
        data,
        3.4,
        ' stroke-opacity="0.6"',
      ),
    },
    {
      label: 'G',
      mark: dotsPath(
        [
          [4, -2],
          [11, 3],
          [18, -1],
        ],
        generator,
        5,
      ),
    },
    ...(lattice ? [{ label: 'lattice of z', mark: lineMark(generator, 1, ' stroke-opacity="0.6"') }] : []),
    ...(missed.length > 0
      ? [
          {
            label: 'missed mode',
            mark: `<circle cx="11" cy="0" r="8" fill="none" stroke="${fakeSide}" stroke-width="1.5"/>`,
          },
        ]
      : []),
  ]
  return figureDocument(
    title,
    [left + Math.max(across, 400) + margins.right, bottom + margins.bottom],
    [
      `<clipPath id="plot"><rect ${frame}/></clipPath>`,
      ...(verdicts ? [drawVerdictScale(left + Math.max(across, 400))] : []),
      '<g clip-path="url(#plot)">',
      // resvg fails for a group of which nothing is inside, as where all points are far away.
      `<rect ${frame} fill="${ground}"/>`,
      ...(verdicts ? [drawVerdicts(verdicts, side, frame)] : []),
      dotsPath(at(reals), data, 3.4, ' stroke-opacity="0.55"'),
      ...(lattice ? [drawLattice(at(lattice.images), lattice.points)] : []),
      dotsPath(at(fakes), ground, 6.4),
      dotsPath(at(fakes), generator, 5),
      ...missed.map(
        ([centerX, centerY]) =>
          `<circle cx="${pixels(x(centerX!))}" cy="${pixels(y(centerY!))}" r="13" fill="none" stroke="${fakeSide}" stroke-width="2"/>`,
      ),
      '</g>',
      `<rect ${frame} fill="none" stroke="${figureColors.line}"/>`,
      drawTicks(x, y, left, bottom),
      drawLegend(legend, [left, 18]),
    ],
  )
}

/** D as a small picture that the viewer smooths. */
function drawVerdicts(verdicts: ArrayLike<number>, side: number, frame: string): string {
  const { fakeSide, ground, discriminator } = figureColors
  const colors = verdictColors(fakeSide, ground, discriminator)
  const data = new Uint8Array(3 * side * side)
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const verdict = Math.min(1, Math.max(0, verdicts[(side - 1 - row) * side + column]!))
      const color = 3 * Math.round(255 * verdict)
      data.set(colors.subarray(color, color + 3), 3 * (row * side + column))
    }
  const png = encodePng({ width: side, height: side, channels: 3, data })
  return `<image ${frame} preserveAspectRatio="none" href="${toDataUrl(png)}"/>`
}

/** What the colors of D say, in the upper right corner. */
function drawVerdictScale(right: number): string {
  const { fakeSide, ground, discriminator } = figureColors
  const colors = verdictColors(fakeSide, ground, discriminator)
  const stops = Array.from({ length: 9 }, (_, i) => {
    const color = 3 * Math.round((255 * i) / 8)
    return `<stop offset="${(i / 8).toFixed(3)}" stop-color="rgb(${[...colors.subarray(color, color + 3)].join(',')})"/>`
  })
  const [width, from] = [46, right - 78]
  return [
    `<linearGradient id="verdicts">${stops.join('')}</linearGradient>`,
    `<rect x="${from}" y="13" width="${width}" height="10" rx="2" fill="url(#verdicts)"/>`,
    textTag('D: fake', [from - 7, 18], { anchor: 'end' }),
    textTag('real', [right, 18], { anchor: 'end' }),
  ].join('')
}

function drawLattice(points: readonly Point[], perLine: number): string {
  const lines: string[] = []
  for (let from = 0; from < points.length; from += perLine)
    lines.push(pathData(points.slice(from, from + perLine)))
  return `<path d="${lines.join('')}" fill="none" stroke="${figureColors.generator}" stroke-width="1" stroke-linejoin="round" stroke-opacity="0.45"/>`
}

function drawTicks(x: Scale, y: Scale, left: number, bottom: number): string {
  const { muted } = figureColors
  return [
    ...x
      .ticks(5)
      .map(
        tick =>
          `<path d="M${pixels(x(tick))} ${bottom}v4" stroke="${muted}" fill="none"/>${textTag(formatTick(tick), [x(tick), bottom + 15], { anchor: 'middle' })}`,
      ),
    ...y
      .ticks(5)
      .map(
        tick =>
          `<path d="M${left - 4} ${pixels(y(tick))}h4" stroke="${muted}" fill="none"/>${textTag(formatTick(tick), [left - 8, y(tick)], { anchor: 'end' })}`,
      ),
  ].join('')
}
