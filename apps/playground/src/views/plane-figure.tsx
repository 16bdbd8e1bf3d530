import { Canvas, type Draw, type Palette, strokeArrow, strokeLine } from '@gankit/page-kit'
import { latticePoints, verdictColors } from '@gankit/visualization'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type PlaneLook, planeSide } from '../games/look-shapes.ts'
import { announcement, opened, snapshot, state, text } from '../state/page-state.ts'

/** The length of the longest arrow, as a part of the figure's width. */
const arrowLength = 0.09

/** D over the plane, real samples and fakes, the lattice of z as G bends it, and where G's loss would move fakes. */
export function PlaneFigure(): JSX.Element {
  const { views } = state.value
  const from = opened.value
  const now = snapshot.value
  const draw = useMemo<Draw>(
    () =>
      (context, { width, height }, palette) => {
        if (!from || now?.look.kind !== 'plane') return
        const { look } = now
        const [[left, right], [low, high]] = from.extent as [[number, number], [number, number]]
        const x = (value: number) => ((value - left) / (right - left)) * width
        const y = (value: number) => height - ((value - low) / (high - low)) * height
        if (views.verdicts) drawVerdicts(context, look.verdicts, width, height, palette)
        drawBox(context, x, y, from.extent, palette)
        if (views.real) {
          const { reals } = from
          context.fillStyle = palette.data
          context.globalAlpha = 0.55
          for (let i = 0; i < reals.length; i += 2) drawDot(context, x(reals[i]!), y(reals[i + 1]!), 1.7)
          context.globalAlpha = 1
          drawMissedModes(context, x, y, now.measures.modes?.counts, from.centers, palette)
        }
        if (views.lattice) drawLattice(context, look.lattice, x, y, palette)
        if (views.fake) drawFakes(context, look, x, y, palette)
        if (views.arrows) drawArrows(context, look.arrows, x, y, width * arrowLength, palette)
      },
    [from, now, views],
  )
  return <Canvas draw={draw} aspect={1} label={text.value.figure.planeLabel(announcement.value)} />
}

type Scale = (value: number) => number

function drawDot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

function drawVerdicts(
  context: CanvasRenderingContext2D,
  verdicts: Float32Array,
  width: number,
  height: number,
  palette: Palette,
): void {
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

/** What tanh reaches, [−1, 1]², where the plot shows much more than that. */
function drawBox(
  context: CanvasRenderingContext2D,
  x: Scale,
  y: Scale,
  extent: readonly (readonly [number, number])[],
  { muted, font }: Palette,
): void {
  if (extent.every(([min, max]) => max - min < 2.5)) return
  context.strokeStyle = muted
  context.setLineDash([4, 4])
  context.strokeRect(x(-1), y(1), x(1) - x(-1), y(-1) - y(1))
  context.setLineDash([])
  context.fillStyle = muted
  context.font = `12px ${font}`
  context.textAlign = 'left'
  context.fillText('tanh: [−1, 1]', x(1) + 6, y(-1) - 4)
}

/** A ring around each mode at which no fake lies. */
function drawMissedModes(
  context: CanvasRenderingContext2D,
  x: Scale,
  y: Scale,
  counts: Uint32Array | undefined,
  centers: readonly (readonly number[])[] | undefined,
  { fakeSide }: Palette,
): void {
  if (!counts || !centers) return
  context.strokeStyle = fakeSide
  context.lineWidth = 1.5
  for (const [mode, center] of centers.entries()) {
    if (counts[mode]! > 0) continue
    context.beginPath()
    context.arc(x(center[0]!), y(center[1]!), 13, 0, 2 * Math.PI)
    context.stroke()
  }
}

function drawLattice(
  context: CanvasRenderingContext2D,
  lattice: Float32Array,
  x: Scale,
  y: Scale,
  { generator }: Palette,
): void {
  context.strokeStyle = generator
  context.globalAlpha = 0.45
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
  context.globalAlpha = 1
}

function drawFakes(
  context: CanvasRenderingContext2D,
  { fakes }: PlaneLook,
  x: Scale,
  y: Scale,
  { generator, ground }: Palette,
): void {
  context.fillStyle = generator
  context.strokeStyle = ground
  context.lineWidth = 0.75
  for (let i = 0; i < fakes.length; i += 2) {
    drawDot(context, x(fakes[i]!), y(fakes[i + 1]!), 2.6)
    context.stroke()
  }
}

function drawArrows(
  context: CanvasRenderingContext2D,
  arrows: Float32Array,
  x: Scale,
  y: Scale,
  longest: number,
  { ink }: Palette,
): void {
  let most = 0
  for (let i = 0; i < arrows.length; i += 4) most = Math.max(most, Math.hypot(arrows[i + 2]!, arrows[i + 3]!))
  if (!(most > 0)) return
  context.strokeStyle = ink
  context.lineWidth = 1.25
  for (let i = 0; i < arrows.length; i += 4) {
    const by = longest / most
    strokeArrow(context, [x(arrows[i]!), y(arrows[i + 1]!)], [arrows[i + 2]! * by, -arrows[i + 3]! * by])
  }
}
