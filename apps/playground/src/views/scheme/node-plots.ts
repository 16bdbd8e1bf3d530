import { type Draw, type Palette, strokeArrow, strokeLine } from '@gankit/page-kit'
import type { Contour } from '../../games/contours.ts'
import { type LineLook, linePlaces, type PlaneLook, type Predictions } from '../../games/look-shapes.ts'
import type { Opened } from '../../games/protocol.ts'
import {
  drawArrows,
  drawContours,
  drawDots,
  drawLattice,
  drawVerdicts,
  type PlanePlot,
  planePlot,
} from '../plane-layers.ts'

export type PlotName =
  | 'noise'
  | 'generator'
  | 'fakes'
  | 'gradients'
  | 'reals'
  | 'discriminator'
  | 'predictions'

/** What the small plots are drawn of. */
export interface PlotSource {
  readonly opened: Opened
  readonly look: PlaneLook | LineLook
  readonly contours: readonly Contour[]
  /** How far G has bent the lattice of z, from 0 to 1; it is less than 1 while that is shown. */
  readonly bent: number
}

/** The range of the plot of noise: all of a uniform prior, and nearly all of a normal one. */
const noiseReach = 2.4

/** Draws the small plot of a part of the game. */
export function drawNode(name: PlotName, source: PlotSource): Draw {
  const { opened, look } = source
  return (context, size, palette) => {
    const plot = planePlot(
      context,
      size,
      palette,
      opened.extent.length === 2
        ? opened.extent
        : [
            [0, 1],
            [0, 1],
          ],
    )
    if (name === 'predictions') drawPredictions(plot, look.predictions)
    else if (name === 'noise') drawNoise(plot, opened.noise, opened.extent.length)
    else if (look.kind === 'plane') drawInPlane(name, plot, { ...source, look })
    else drawOnLine(name, plot, opened, look)
    context.globalAlpha = 1
  }
}

type InPlane = Exclude<PlotName, 'predictions' | 'noise'>

function drawInPlane(
  name: InPlane,
  plot: PlanePlot,
  { opened, look, contours, bent }: PlotSource & { readonly look: PlaneLook },
): void {
  const { context, palette } = plot
  switch (name) {
    case 'generator':
      context.globalAlpha = 0.6
      drawLattice(plot, bent === 1 ? look.lattice : mixLattices(opened, look.lattice, bent))
      break
    case 'fakes':
      drawDots(plot, look.fakes, { color: palette.generator, radius: 1.1 })
      break
    case 'gradients':
      drawArrows(plot, look.arrows, plot.width * 0.25)
      break
    case 'reals':
      context.globalAlpha = 0.5
      drawContours(plot, contours)
      context.globalAlpha = 0.8
      drawDots(plot, opened.reals, { color: palette.data, radius: 0.9 })
      break
    case 'discriminator':
      drawVerdicts(plot, look.verdicts)
  }
}

/** Between the lattice of z, scaled to the plot, and what G makes of it. */
function mixLattices({ lattice, extent }: Opened, images: Float32Array, bent: number): Float32Array {
  const most = lattice.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1)
  // Latents of one number are a line through the middle.
  const flat = lattice.length < images.length
  return images.map((image, i) => {
    const [min, max] = extent[i % 2]!
    const latent = flat ? (i % 2 === 0 ? lattice[i / 2]! : 0) : lattice[i]!
    const from = (min + max) / 2 + ((0.8 * latent) / most) * ((max - min) / 2)
    return from + bent * (image - from)
  })
}

function drawOnLine(
  name: InPlane,
  plot: PlanePlot,
  { density, reals, extent }: Opened,
  look: LineLook,
): void {
  const { context, palette, width, height } = plot
  const [min, max] = extent[0]!
  const across = (value: number) => ((value - min) / (max - min)) * width
  const top = 1.3 * Math.max(...(density ?? look.density))
  const curve = (values: ArrayLike<number>, most: number) =>
    Array.from({ length: linePlaces }, (_, i) => {
      const up = Math.min(1.1, values[i]! / most)
      return [(width * i) / (linePlaces - 1), height - 4 - up * (height - 10)] as const
    })
  context.lineWidth = 1.75
  switch (name) {
    case 'generator':
      drawMap(plot, look, across)
      break
    case 'fakes':
      context.strokeStyle = palette.generator
      strokeLine(context, curve(look.density, top))
      break
    case 'gradients':
      drawSlopes(plot, look, across)
      break
    case 'reals':
      context.strokeStyle = palette.data
      if (density) strokeLine(context, curve(density, top))
      context.globalAlpha = 0.35
      context.lineWidth = 1
      for (let i = 0; i < reals.length; i += 4)
        strokeLine(context, [
          [across(reals[i]!), height - 3],
          [across(reals[i]!), height],
        ])
      break
    case 'discriminator':
      context.strokeStyle = palette.line
      context.lineWidth = 1
      strokeLine(context, curve(Float32Array.from({ length: linePlaces }).fill(0.5), 1))
      context.strokeStyle = palette.discriminator
      context.lineWidth = 1.75
      strokeLine(context, curve(look.verdicts, 1))
  }
}

function drawMap({ context, width, height, palette }: PlanePlot, look: LineLook, across: Scale): void {
  const { latents, images } = look
  const [min, max] = [Math.min(...latents), Math.max(...latents)]
  context.strokeStyle = palette.generator
  context.lineWidth = 1
  context.globalAlpha = 0.7
  for (let i = 0; i < latents.length; i++)
    strokeLine(context, [
      [((latents[i]! - min) / (max - min || 1)) * width, height],
      [across(images[i]!), 0],
    ])
}

function drawSlopes({ context, height, palette }: PlanePlot, look: LineLook, across: Scale): void {
  const { images, slopes } = look
  const most = slopes.reduce((greatest, slope) => Math.max(greatest, Math.abs(slope)), 0)
  if (!(most > 0)) return
  context.strokeStyle = palette.ink
  context.lineWidth = 1
  for (let i = 0; i < images.length; i += 3)
    strokeArrow(
      context,
      [across(images[i]!), 8 + ((height - 16) * i) / images.length],
      [(slopes[i]! / most) * 24, 0],
    )
}

/** Latents as dots: the second of two numbers upwards; on the line each at a height of its own, so that all are seen. */
function drawNoise({ context, width, height, palette }: PlanePlot, noise: Float32Array, axes: number): void {
  const count = 250
  const numbers = Math.round(noise.length / count)
  context.fillStyle = palette.muted
  for (let i = 0; i < count; i++) {
    const at = (value: number) => 0.5 + value / (2 * noiseReach)
    const up = numbers === 2 && axes === 2 ? at(noise[2 * i + 1]!) : (i + 0.5) / count
    context.beginPath()
    context.arc(at(noise[numbers * i]!) * width, (1 - up) * height, 1.1, 0, 2 * Math.PI)
    context.fill()
  }
}

/** Bars of the histograms of verdicts. */
const bars = 14

/** How many real samples, upwards, and fakes, downwards, get which verdict, from 0 to 1. */
function drawPredictions({ context, width, height, palette }: PlanePlot, { real, fake }: Predictions): void {
  drawBars(context, real, palette.data, { width, height: -height / 2 })
  drawBars(context, fake, palette.generator, { width, height: height / 2 })
  drawMiddle(context, width, height, palette)

  function drawBars(
    { fillRect }: CanvasRenderingContext2D,
    verdicts: Float32Array,
    color: string,
    side: { readonly width: number; readonly height: number },
  ): void {
    const shares = countVerdicts(verdicts)
    context.fillStyle = color
    // The root keeps bars of a few samples in sight.
    for (const [i, share] of shares.entries())
      fillRect.call(
        context,
        (side.width * i) / bars,
        height / 2,
        side.width / bars - 1,
        0.92 * side.height * Math.sqrt(share),
      )
  }
}

/** The share of verdicts in each of equal parts of [0, 1]. */
export function countVerdicts(verdicts: Float32Array): Float64Array {
  const shares = new Float64Array(bars)
  for (const verdict of verdicts)
    if (Number.isFinite(verdict))
      shares[Math.min(bars - 1, Math.floor(verdict * bars))]! += 1 / verdicts.length
  return shares
}

function drawMiddle(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  palette: Palette,
): void {
  context.strokeStyle = palette.muted
  context.lineWidth = 1
  strokeLine(context, [
    [0, height / 2],
    [width, height / 2],
  ])
  context.setLineDash([2, 3])
  strokeLine(context, [
    [width / 2, 0],
    [width / 2, height],
  ])
  context.setLineDash([])
}

type Scale = (value: number) => number
