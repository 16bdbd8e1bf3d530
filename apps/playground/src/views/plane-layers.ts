import { type Palette, strokeArrow, strokeLine } from '@gankit/page-kit'
import { latticePoints, verdictColors } from '@gankit/visualization'
import type { Contour } from '../games/contours.ts'
import { planeSide } from '../games/look-shapes.ts'
import type { BentCell } from './cells.ts'

/** A plot of the plane: where its places lie on a canvas, and in which colors. */
export interface PlanePlot {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly palette: Palette
  readonly extent: Extent
  x(value: number): number
  y(value: number): number
}

type Extent = readonly (readonly [number, number])[]

export function planePlot(
  context: CanvasRenderingContext2D,
  { width, height }: { readonly width: number; readonly height: number },
  palette: Palette,
  extent: Extent,
): PlanePlot {
  const [[left, right], [low, high]] = extent as [[number, number], [number, number]]
  return {
    context,
    width,
    height,
    palette,
    extent,
    x: value => ((value - left) / (right - left)) * width,
    y: value => height - ((value - low) / (high - low)) * height,
  }
}

/** D's verdicts on a grid, as colors. */
export function drawVerdicts({ context, width, height, palette }: PlanePlot, verdicts: Float32Array): void {
  const colors = verdictColors(palette.fakeSide, palette.ground, palette.discriminator)
  const pixels = new ImageData(planeSide, planeSide)
  for (let row = 0; row < planeSide; row++)
    for (let column = 0; column < planeSide; column++) {
      const verdict = verdicts[(planeSide - 1 - row) * planeSide + column]!
      const at = 4 * (row * planeSide + column)
      const color = 3 * Math.round(255 * (Number.isFinite(verdict) ? verdict : 0.5))
      for (let channel = 0; channel < 3; channel++) pixels.data[at + channel] = colors[color + channel]!
      pixels.data[at + 3] = 255
    }
  const small = new OffscreenCanvas(planeSide, planeSide)
  small.getContext('2d')!.putImageData(pixels, 0, 0)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(small, 0, 0, width, height)
}

/** Dots at points, [n, 2]. */
export function drawDots(
  { context, x, y }: PlanePlot,
  points: Float32Array,
  { color, radius, edge }: { readonly color: string; readonly radius: number; readonly edge?: string },
): void {
  context.fillStyle = color
  context.lineWidth = 0.75
  if (edge) context.strokeStyle = edge
  for (let i = 0; i < points.length; i += 2) {
    context.beginPath()
    context.arc(x(points[i]!), y(points[i + 1]!), radius, 0, 2 * Math.PI)
    context.fill()
    if (edge) context.stroke()
  }
}

/** Lines around the regions that hold a quarter, a half, three quarters and 95% of the data. */
export function drawContours({ context, x, y, palette }: PlanePlot, contours: readonly Contour[]): void {
  const opacity = context.globalAlpha
  context.strokeStyle = palette.data
  context.lineWidth = 1
  for (const { share, lines } of contours) {
    // The denser, the stronger.
    context.globalAlpha = opacity * (1.05 - 0.7 * share)
    for (const line of lines)
      strokeLine(
        context,
        Array.from({ length: line.length / 2 }, (_, i) => [x(line[2 * i]!), y(line[2 * i + 1]!)] as const),
      )
  }
  context.globalAlpha = opacity
}

/** The lattice of z as G bends it, [lines, points, 2]. */
export function drawLattice({ context, x, y, palette }: PlanePlot, lattice: Float32Array): void {
  context.strokeStyle = palette.generator
  context.lineWidth = 1
  const lines = lattice.length / (2 * latticePoints)
  for (let line = 0; line < lines; line++)
    strokeLine(
      context,
      Array.from({ length: latticePoints }, (_, i) => {
        const at = 2 * (line * latticePoints + i)
        return [x(lattice[at]!), y(lattice[at + 1]!)] as const
      }),
    )
}

/** How many times the density of fakes that are spread over the whole plot a cell may have until it is at its darkest. */
const darkest = 300

/** Cells of the bent lattice, the darker the denser the fakes in them; by the logarithm, for densities differ a hundredfold. */
export function drawCells(plot: PlanePlot, cells: readonly BentCell[]): void {
  const { context, x, y, palette, extent } = plot
  const opacity = context.globalAlpha
  const area = extent.reduce((product, [min, max]) => product * (max - min), 1)
  context.fillStyle = palette.generator
  for (const { outline, density } of cells) {
    const strength = Math.log1p(density * area) / Math.log1p(darkest)
    context.globalAlpha = opacity * Math.min(0.85, 0.85 * strength)
    context.beginPath()
    for (let i = 0; i < outline.length; i += 2) context.lineTo(x(outline[i]!), y(outline[i + 1]!))
    context.fill()
  }
  context.globalAlpha = opacity
}

/** Arrows, [n, 4] of x, y, dx, dy, the longest of them so many pixels long. */
export function drawArrows(
  { context, x, y, palette }: PlanePlot,
  arrows: Float32Array,
  longest: number,
): void {
  let most = 0
  for (let i = 0; i < arrows.length; i += 4) most = Math.max(most, Math.hypot(arrows[i + 2]!, arrows[i + 3]!))
  if (!(most > 0)) return
  context.strokeStyle = palette.ink
  context.lineWidth = 1.25
  const by = longest / most
  for (let i = 0; i < arrows.length; i += 4)
    strokeArrow(context, [x(arrows[i]!), y(arrows[i + 1]!)], [arrows[i + 2]! * by, -arrows[i + 3]! * by])
}
