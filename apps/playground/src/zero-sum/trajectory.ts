import type { Method } from './settings.ts'
import {
  bilinear,
  distanceFromThirds,
  type Field,
  type GameState,
  rockPaperScissors,
  softmax,
  takeStep,
} from './steps.ts'

/** A trajectory that leaves this square is no longer drawn, and stops. */
const maxCoordinate = 1e6

/** Points of a trajectory that are kept for drawing. */
const maxDrawn = 6000

/** A game of two players under way: where they are, were, and are on average. */
export class Trajectory {
  readonly method: Method
  readonly rate: number
  readonly kind: 'bilinear' | 'rock-paper-scissors'
  step = 0
  /** What is drawn of each step: x and y, or the shares of both players, one after another. */
  points: number[][] = []
  /** The average of all points so far, after each step. */
  averages: number[][] = []
  /** How far from the equilibrium each point is, and each average. */
  distances: number[] = []
  averageDistances: number[] = []
  /** How many steps lie between two points that are kept. */
  every = 1
  private state: GameState
  private sum: number[]
  private readonly field: Field

  constructor(kind: Trajectory['kind'], method: Method, rate: number, start: GameState) {
    this.kind = kind
    this.method = method
    this.rate = rate
    this.field = kind === 'bilinear' ? bilinear : rockPaperScissors
    this.state = start
    this.sum = this.show(start)
    this.keep()
  }

  private show({ a, b }: GameState): number[] {
    return this.kind === 'bilinear' ? [a[0]!, b[0]!] : [...softmax(a), ...softmax(b)]
  }

  /** Whether a step more would leave what can be drawn. */
  get ended(): boolean {
    return [...this.state.a, ...this.state.b].some(value => Math.abs(value) > maxCoordinate)
  }

  take(): void {
    if (this.ended) return
    this.state = takeStep(this.method, this.field, this.state, this.rate)
    this.step++
    const point = this.show(this.state)
    this.sum = this.sum.map((value, i) => value + point[i]!)
    if (this.step % this.every === 0) this.keep()
  }

  private keep(): void {
    const average = this.sum.map(value => value / (this.step + 1))
    this.points.push(this.show(this.state))
    this.averages.push(average)
    this.distances.push(this.distance())
    this.averageDistances.push(this.distanceOf(average))
    if (this.points.length <= maxDrawn) return
    this.every *= 2
    const thin = <Kept>(list: Kept[]) => list.filter((_, i) => i % 2 === 0)
    this.points = thin(this.points)
    this.averages = thin(this.averages)
    this.distances = thin(this.distances)
    this.averageDistances = thin(this.averageDistances)
  }

  /** √(x² + y²), or the sum of both players' KL from a third each. */
  distance(): number {
    const { a, b } = this.state
    return this.kind === 'bilinear' ? Math.hypot(a[0]!, b[0]!) : distanceFromThirds(a) + distanceFromThirds(b)
  }

  private distanceOf(point: readonly number[]): number {
    if (this.kind === 'bilinear') return Math.hypot(...point)
    const log = (shares: readonly number[]) => distanceFromThirds(shares.map(Math.log))
    return log(point.slice(0, 3)) + log(point.slice(3))
  }

  get now(): number[] {
    return this.show(this.state)
  }

  get average(): number[] {
    return this.sum.map(value => value / (this.step + 1))
  }
}

/** Rock, paper, scissors begins here: as logarithms of shares. */
export const firstShares = { a: [0.55, 0.3, 0.15], b: [0.2, 0.5, 0.3] } as const

export function startTrajectory(
  kind: Trajectory['kind'],
  { method, rate, x, y }: { method: Method; rate: number; x: number; y: number },
): Trajectory {
  const start =
    kind === 'bilinear'
      ? { a: [x], b: [y] }
      : { a: firstShares.a.map(Math.log), b: firstShares.b.map(Math.log) }
  return new Trajectory(kind, method, rate, start)
}
