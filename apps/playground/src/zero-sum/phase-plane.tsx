import { Canvas, type Draw, strokeArrow, strokeLine } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Trajectory } from './trajectory.ts'

interface Props {
  readonly trajectory: Trajectory
  /** Changes with the trajectory. */
  readonly version: number
  readonly label: string
}

/** The half of the plot's width: it grows by powers of two where the trajectory leaves it. */
function reachOf({ points }: Trajectory): number {
  const most = points.reduce((greatest, [x, y]) => Math.max(greatest, Math.abs(x!), Math.abs(y!)), 0)
  return 1.5 * 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(most, 1e-9) / 1.5)))
}

/** x and y of min max x·y: the field along which both go, the trajectory, and its average. */
export function PhasePlane({ trajectory, version, label }: Props): JSX.Element {
  const draw = useMemo<Draw>(
    () =>
      (context, { width, height }, colors) => {
        const reach = reachOf(trajectory)
        const x = (value: number) => (width * (value + reach)) / (2 * reach)
        const y = (value: number) => (height * (reach - value)) / (2 * reach)
        context.lineWidth = 1
        context.strokeStyle = colors.line
        context.strokeRect(0.5, 0.5, width - 1, height - 1)
        strokeLine(context, [
          [0, y(0)],
          [width, y(0)],
        ])
        strokeLine(context, [
          [x(0), 0],
          [x(0), height],
        ])
        drawField(context, width, height)
        context.font = `12px ${colors.font}`
        context.fillStyle = colors.muted
        context.textBaseline = 'alphabetic'
        for (const value of [-reach, reach].map(value => (value * 2) / 3)) {
          const shown = String(+value.toPrecision(3)).replace('-', '−')
          context.textAlign = 'center'
          context.fillText(shown, x(value), y(0) + 16)
          context.textAlign = 'right'
          context.fillText(shown, x(0) - 6, y(value) + 4)
        }
        context.font = `italic 15px ${colors.font}`
        context.fillStyle = colors.ink
        context.fillText('x', width - 10, y(0) - 8)
        context.fillText('y', x(0) + 16, 18)
        context.lineJoin = 'round'
        context.strokeStyle = colors.discriminator
        context.lineWidth = 1.5
        strokeLine(
          context,
          trajectory.points.map(([px, py]) => [x(px!), y(py!)] as const),
        )
        context.strokeStyle = colors.fakeSide
        context.lineWidth = 2
        strokeLine(
          context,
          trajectory.averages.map(([px, py]) => [x(px!), y(py!)] as const),
        )
        const dot = ([px, py]: readonly number[], color: string) => {
          context.fillStyle = color
          context.strokeStyle = colors.ground
          context.lineWidth = 1.5
          context.beginPath()
          context.arc(x(px!), y(py!), 5.5, 0, 2 * Math.PI)
          context.fill()
          context.stroke()
        }
        dot(trajectory.average, colors.fakeSide)
        dot(trajectory.now, colors.discriminator)

        /** Which way both players go: (−y, x). */
        function drawField(on: CanvasRenderingContext2D, across: number, down: number): void {
          on.strokeStyle = colors.muted
          on.globalAlpha = 0.45
          const cells = 13
          for (let row = 0; row < cells; row++)
            for (let column = 0; column < cells; column++) {
              const at = [((column + 0.5) * across) / cells, ((row + 0.5) * down) / cells] as const
              const [u, v] = [at[0] / across - 0.5, 0.5 - at[1] / down]
              const scale = (0.62 * across) / cells
              strokeArrow(on, at, [-v * 2 * scale, -u * 2 * scale])
            }
          on.globalAlpha = 1
        }
      },
    [trajectory, version],
  )
  return <Canvas draw={draw} aspect={1} label={label} />
}
