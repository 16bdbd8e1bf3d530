import { Canvas, type Draw, type Palette, strokeArrow, strokeLine } from '@gankit/page-kit'
import { bestVerdicts, dotsAlong } from '@gankit/visualization'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type LineLook, linePlaces } from '../games/look-shapes.ts'
import type { Opened } from '../games/protocol.ts'
import { type LayerName, maxOpacity } from '../settings/views.ts'
import { announcement, opened, snapshot, state, text } from '../state/page-state.ts'

/** Where the parts of the figure lie, in CSS pixels. */
interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly axis: number
  readonly sampleLine: number
  readonly latentLine: number
  x(value: number): number
}

/**
 * Figure 1 of Goodfellow et al. 2014, alive: the data's density dotted, G's density and D as lines; below, the axes of z and
 * of x with a line from each z to G(z).
 */
export function LineFigure(): JSX.Element {
  const { views, opacities } = state.value
  const from = opened.value
  const now = snapshot.value
  const words = text.value.figure
  const draw = useMemo<Draw>(
    () =>
      (context, { width, height }, palette) => {
        if (!from?.density || now?.look.kind !== 'line') return
        const { look } = now
        const opacityOf = (name: LayerName) => (opacities[name] ?? maxOpacity) / maxOpacity
        const [min, max] = from.extent[0]!
        const [left, right] = [30, width - 34]
        const frame: Frame = {
          left,
          right,
          top: 14,
          axis: Math.round(height * 0.62),
          sampleLine: Math.round(height * 0.75),
          latentLine: height - 22,
          x: value => left + ((value - min) / (max - min)) * (right - left),
        }
        // A density that is much higher than the data's leaves the plot, rather than pressing the others down.
        const top = 1.3 * Math.max(...from.density)
        drawAxes(context, frame, from, palette, { z: words.latent, x: words.sample, verdict: words.verdicts })
        const curve = (values: ArrayLike<number>, most: number) =>
          Array.from({ length: linePlaces }, (_, i) => {
            const at = frame.left + ((frame.right - frame.left) * i) / (linePlaces - 1)
            return [at, frame.axis - Math.min(1.2, values[i]! / most) * (frame.axis - frame.top)] as const
          })
        context.save()
        context.beginPath()
        context.rect(0, 0, width, frame.axis + 1)
        context.clip()
        context.lineJoin = 'round'
        if (views.fake) {
          context.globalAlpha = opacityOf('fake')
          context.strokeStyle = palette.generator
          context.lineWidth = 2.25
          strokeLine(context, curve(look.density, top))
          context.globalAlpha = 1
        }
        if (views.best) {
          context.strokeStyle = palette.discriminator
          context.globalAlpha = 0.8 * opacityOf('best')
          context.lineWidth = 1.25
          context.setLineDash([6, 4])
          strokeLine(context, curve(bestVerdicts(from.density, look.density), 1))
          context.setLineDash([])
          context.globalAlpha = 1
        }
        if (views.verdicts) {
          context.globalAlpha = opacityOf('verdicts')
          context.strokeStyle = palette.discriminator
          context.lineWidth = 2
          strokeLine(context, curve(look.verdicts, 1))
          context.globalAlpha = 1
        }
        if (views.real) {
          context.globalAlpha = opacityOf('real')
          context.fillStyle = palette.data
          for (const [x, y] of dotsAlong(curve(from.density, top))) {
            context.beginPath()
            context.arc(x, y, 1.6, 0, 2 * Math.PI)
            context.fill()
          }
          context.globalAlpha = 1
        }
        context.restore()
        if (views.lattice) drawMap(context, frame, look, palette, opacityOf('lattice'))
        if (views.arrows) drawSlopes(context, frame, look, palette, opacityOf('arrows'))
      },
    [from, now, views, opacities, words],
  )
  return <Canvas draw={draw} aspect={1.25} label={words.lineLabel(announcement.value)} />
}

function drawAxes(
  context: CanvasRenderingContext2D,
  { left, right, top, axis, sampleLine, latentLine, x }: Frame,
  { extent }: Opened,
  { line, muted, font, discriminator, ink }: Palette,
  names: { readonly z: string; readonly x: string; readonly verdict: string },
): void {
  context.lineWidth = 1
  context.strokeStyle = line
  const half = (top + axis) / 2
  for (const y of [top, half])
    strokeLine(context, [
      [left, y + 0.5],
      [right, y + 0.5],
    ])
  context.strokeStyle = muted
  for (const y of [axis, sampleLine, latentLine])
    strokeLine(context, [
      [left, y + 0.5],
      [right, y + 0.5],
    ])
  context.font = `12px ${font}`
  context.textBaseline = 'middle'
  context.fillStyle = discriminator
  context.textAlign = 'left'
  for (const [label, y] of [
    ['1', top],
    ['½', half],
    ['0', axis],
  ] as const)
    context.fillText(label, right + 6, y)
  context.fillStyle = ink
  context.textAlign = 'right'
  context.font = `italic 14px ${font}`
  context.fillText(names.x, left - 8, sampleLine)
  context.fillText(names.z, left - 8, latentLine)
  context.font = `12px ${font}`
  context.fillStyle = muted
  context.textAlign = 'center'
  const [min, max] = extent[0]!
  const stride = max - min > 20 ? 50 : max - min > 4 ? 1 : 0.5
  for (let tick = Math.ceil(min / stride) * stride; tick <= max; tick += stride) {
    const at = Math.round(x(tick)) + 0.5
    strokeLine(context, [
      [at, axis],
      [at, axis + 4],
    ])
    context.fillText(String(+tick.toFixed(2)).replace('-', '−'), at, axis + 13)
  }
}

/** Lines from latents, in equal strides or as they were drawn, to what G makes of them. */
function drawMap(
  context: CanvasRenderingContext2D,
  { left, right, sampleLine, latentLine, x }: Frame,
  { latents, images }: LineLook,
  { generator }: Palette,
  opacity: number,
): void {
  const [min, max] = [Math.min(...latents), Math.max(...latents)]
  context.strokeStyle = generator
  context.fillStyle = generator
  context.lineWidth = 1
  for (let i = 0; i < latents.length; i++) {
    const from = left + ((latents[i]! - min) / (max - min || 1)) * (right - left)
    const to = Math.min(right, Math.max(left, x(images[i]!)))
    context.globalAlpha = 0.65 * opacity
    strokeLine(context, [
      [from, latentLine],
      [to, sampleLine],
    ])
    context.globalAlpha = opacity
    context.beginPath()
    context.arc(to, sampleLine, 1.8, 0, 2 * Math.PI)
    context.fill()
  }
  context.globalAlpha = 1
}

/** Where G's loss would move each image, downhill. */
function drawSlopes(
  context: CanvasRenderingContext2D,
  { sampleLine, x, left, right }: Frame,
  { images, slopes }: LineLook,
  { ink }: Palette,
  opacity: number,
): void {
  const most = slopes.reduce((greatest, slope) => Math.max(greatest, Math.abs(slope)), 0)
  if (!(most > 0)) return
  context.strokeStyle = ink
  context.globalAlpha = opacity
  context.lineWidth = 1.25
  for (let i = 0; i < images.length; i += 2)
    strokeArrow(
      context,
      [Math.min(right, Math.max(left, x(images[i]!))), sampleLine - 7 - 3 * (i % 4)],
      [(slopes[i]! / most) * 34, 0],
    )
  context.globalAlpha = 1
}
