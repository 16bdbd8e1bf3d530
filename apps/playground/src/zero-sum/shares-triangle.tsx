import { Canvas, type Draw, strokeLine } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { text } from '../state/page-state.ts'
import type { Trajectory } from './trajectory.ts'

interface Props {
  readonly trajectory: Trajectory
  /** Changes with the trajectory. */
  readonly version: number
  readonly label: string
}

/** Shares of rock, paper and scissors as places in a triangle, of both players and on average. */
export function SharesTriangle({ trajectory, version, label }: Props): JSX.Element {
  const words = text.value.zeroSum
  const draw = useMemo<Draw>(
    () =>
      (context, { width, height }, colors) => {
        const half = Math.min((width - 80) / 2, (height - 70) / Math.sqrt(3))
        const tall = half * Math.sqrt(3)
        const [middle, top] = [width / 2, (height - tall) / 2]
        const corners = [
          [middle, top],
          [middle - half, top + tall],
          [middle + half, top + tall],
        ] as const
        const place = (shares: readonly number[]): readonly [number, number] => [
          shares.reduce((sum, share, i) => sum + share * corners[i]![0], 0),
          shares.reduce((sum, share, i) => sum + share * corners[i]![1], 0),
        ]
        context.lineWidth = 1
        context.strokeStyle = colors.muted
        strokeLine(context, [...corners, corners[0]])
        context.strokeStyle = colors.line
        const center = place([1 / 3, 1 / 3, 1 / 3])
        for (const corner of corners) strokeLine(context, [corner, center])
        context.font = `13px ${colors.font}`
        context.fillStyle = colors.ink
        context.textAlign = 'center'
        context.textBaseline = 'alphabetic'
        for (const [i, [x, y]] of corners.entries())
          context.fillText(words.shares[i]!, x, i === 0 ? y - 10 : y + 20)
        context.lineJoin = 'round'
        const players = [
          { from: 0, color: colors.generator, name: words.player('A') },
          { from: 3, color: colors.discriminator, name: words.player('B') },
        ]
        const part = (point: readonly number[], from: number) => point.slice(from, from + 3)
        for (const { from, color } of players) {
          context.strokeStyle = color
          context.lineWidth = 1.25
          context.globalAlpha = 0.75
          strokeLine(
            context,
            trajectory.points.map(point => place(part(point, from))),
          )
          context.globalAlpha = 1
          context.lineWidth = 1.5
          context.setLineDash([3, 3])
          strokeLine(
            context,
            trajectory.averages.map(point => place(part(point, from))),
          )
          context.setLineDash([])
        }
        const dot = ([x, y]: readonly [number, number], color: string, filled: boolean) => {
          context.beginPath()
          context.arc(x, y, 5.5, 0, 2 * Math.PI)
          context.fillStyle = filled ? color : colors.ground
          context.strokeStyle = filled ? colors.ground : color
          context.lineWidth = filled ? 1.5 : 2
          context.fill()
          context.stroke()
        }
        for (const { from, color } of players) {
          dot(place(part(trajectory.average, from)), color, false)
          dot(place(part(trajectory.now, from)), color, true)
        }
        context.textAlign = 'left'
        for (const [i, { color, name }] of players.entries()) {
          dot([16, 18 + 22 * i], color, true)
          context.fillStyle = colors.ink
          context.fillText(name, 28, 22.5 + 22 * i)
        }
      },
    [trajectory, version, words],
  )
  return <Canvas draw={draw} aspect={1.1} label={label} />
}
