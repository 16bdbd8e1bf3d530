import type { Method } from './settings.ts'

/** Two players of a zero-sum game, a vector of numbers each. */
export interface Players {
  readonly a: readonly number[]
  readonly b: readonly number[]
}

/** Which way each player would go: downhill in its own loss. */
export type Field = (players: Players) => Players

/** Players, and where their field pointed in the step before, which the optimistic step remembers. */
export interface GameState extends Players {
  readonly before?: Players
}

const move = (from: readonly number[], along: readonly number[], by: number) =>
  from.map((value, i) => value + by * along[i]!)

/**
 * One step of size η:
 *
 *     simultaneous    both go by the field where they are
 *     alternating     a goes first; b answers to where a is now
 *     extragradient   both look where a step would lead, and go by the field there (Korpelevich 1976)
 *     optimistic      both go by twice the field less the one before (Popov 1980; Daskalakis et al. 2018, arXiv 1711.00141)
 */
export function takeStep(method: Method, field: Field, state: GameState, rate: number): GameState {
  const { a, b } = state
  const here = field(state)
  switch (method) {
    case 'simultaneous':
      return { a: move(a, here.a, rate), b: move(b, here.b, rate) }
    case 'alternating': {
      const next = move(a, here.a, rate)
      return { a: next, b: move(b, field({ a: next, b }).b, rate) }
    }
    case 'extragradient': {
      const there = field({ a: move(a, here.a, rate), b: move(b, here.b, rate) })
      return { a: move(a, there.a, rate), b: move(b, there.b, rate) }
    }
    case 'optimistic': {
      const before = state.before ?? here
      const go = (from: readonly number[], now: readonly number[], then: readonly number[]) =>
        from.map((value, i) => value + rate * (2 * now[i]! - then[i]!))
      return { a: go(a, here.a, before.a), b: go(b, here.b, before.b), before: here }
    }
  }
}

/** min over x, max over y of x·y: a is x, b is y. */
export const bilinear: Field = ({ a, b }) => ({ a: b.map(y => -y), b: a })

/** What the row player wins: rock, paper, scissors against rock, paper, scissors. */
const payoffs = [
  [0, -1, 1],
  [1, 0, -1],
  [-1, 1, 0],
] as const

/** Shares of rock, paper and scissors, of a player's three numbers. */
export function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const powers = logits.map(logit => Math.exp(logit - most))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map(power => power / sum)
}

/**
 * Rock, paper, scissors, with a number for each: a player adds to each what it would have won against the other's shares.
 * Steps along it are multiplicative weights, gradient ascent with entropy.
 */
export const rockPaperScissors: Field = ({ a, b }) => {
  const [p, q] = [softmax(a), softmax(b)]
  return {
    a: payoffs.map(row => row.reduce<number>((sum, payoff, j) => sum + payoff * q[j]!, 0)),
    b: [0, 1, 2].map(j => payoffs.reduce<number>((sum, row, i) => sum - row[j]! * p[i]!, 0)),
  }
}

/** How far shares are from a third each: KL(1/3 ‖ shares), in nats. */
export function distanceFromThirds(logits: readonly number[]): number {
  return softmax(logits).reduce((sum, share) => sum - Math.log(Math.max(share, 1e-300) * 3) / 3, 0)
}
