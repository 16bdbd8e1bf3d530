import { Canvas, type Draw } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type LayerName, maxOpacity } from '../settings/views.ts'
import { announcement, contours, game, opened, snapshot, state, text } from '../state/page-state.ts'
import { bentCells } from './cells.ts'
import {
  drawArrows,
  drawCells,
  drawContours,
  drawDots,
  drawLattice,
  drawVerdicts,
  type PlanePlot,
  planePlot,
} from './plane-layers.ts'

/** The length of the longest arrow, as a part of the figure's width. */
const arrowLength = 0.09

/** D over the plane, the data, fakes, the lattice of z as G bends it, and where G's loss would move fakes. */
export function PlaneFigure(): JSX.Element {
  const { views, opacities } = state.value
  const from = opened.value
  const now = snapshot.value
  const lines = contours.value
  const { latentSize, prior } = game.value
  const draw = useMemo<Draw>(
    () => (context, size, palette) => {
      if (!from || now?.look.kind !== 'plane') return
      const { look, measures } = now
      const plot = planePlot(context, size, palette, from.extent)
      const layer = (name: LayerName, opacity: number, paint: () => void) => {
        if (!views[name]) return
        context.globalAlpha = (opacity * (opacities[name] ?? maxOpacity)) / maxOpacity
        paint()
        context.globalAlpha = 1
      }
      layer('verdicts', 1, () => drawVerdicts(plot, look.verdicts))
      drawBox(plot)
      layer('contours', 1, () => drawContours(plot, lines))
      layer('real', 0.55, () => drawDots(plot, from.reals, { color: palette.data, radius: 1.7 }))
      if (views.real) drawMissedModes(plot, measures.modes?.counts, from.centers)
      if (latentSize === 2)
        layer('cells', 1, () => drawCells(plot, bentCells(from.lattice, look.lattice, prior)))
      layer('lattice', 0.45, () => drawLattice(plot, look.lattice))
      layer('fake', 1, () =>
        drawDots(plot, look.fakes, { color: palette.generator, radius: 2.6, edge: palette.ground }),
      )
      layer('arrows', 1, () => drawArrows(plot, look.arrows, size.width * arrowLength))
    },
    [from, now, views, opacities, lines, latentSize, prior],
  )
  return <Canvas draw={draw} aspect={1} label={text.value.figure.planeLabel(announcement.value)} />
}

/** What tanh reaches, [−1, 1]², where the plot shows much more than that. */
function drawBox({ context, x, y, extent, palette: { muted, font } }: PlanePlot): void {
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
  { context, x, y, palette }: PlanePlot,
  counts: Uint32Array | undefined,
  centers: readonly (readonly number[])[] | undefined,
): void {
  if (!counts || !centers) return
  context.strokeStyle = palette.fakeSide
  context.lineWidth = 1.5
  for (const [mode, center] of centers.entries()) {
    if (counts[mode]! > 0) continue
    context.beginPath()
    context.arc(x(center[0]!), y(center[1]!), 13, 0, 2 * Math.PI)
    context.stroke()
  }
}
