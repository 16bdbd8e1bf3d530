import type { GameSettings } from '../settings/game-settings.ts'
import type { Speed } from '../settings/url-state.ts'
import type { Readings } from './history.ts'
import type { DeadUnits, Look } from './look-shapes.ts'
import type { Measures } from './measure.ts'

export type PlayerName = 'generator' | 'discriminator'

/** What the page asks of the worker. */
export type Command =
  | { readonly type: 'open'; readonly settings: GameSettings; readonly game: number }
  | { readonly type: 'play'; readonly until: number | undefined }
  | { readonly type: 'pause' }
  /** One update of one network, the other frozen; or a whole step. */
  | { readonly type: 'step'; readonly player: PlayerName | undefined }
  | { readonly type: 'speed'; readonly speed: Speed }
  /** The page has got the last snapshot, and can take another one. */
  | { readonly type: 'seen' }

/** What stays as it is while a game is played. */
export interface Opened {
  readonly type: 'opened'
  /** The number of the game that was asked for: answers to older games are passed over. */
  readonly game: number
  readonly backend: string
  readonly extent: readonly (readonly [number, number])[]
  /** Real samples, [n, dimensions]. */
  readonly reals: Float32Array
  /** The data's density at the places of the plot; on the line alone. */
  readonly density?: Float32Array
  readonly centers?: readonly (readonly number[])[]
  readonly equilibrium: { readonly discriminator: number; readonly generator: number }
  readonly weights: { readonly generator: number; readonly discriminator: number }
}

/** A game as it is at a moment. */
export interface Snapshot {
  readonly type: 'snapshot'
  readonly game: number
  readonly step: number
  /** Updates that each network has made. */
  readonly updates: { readonly generator: number; readonly discriminator: number }
  /** The network whose weights are about to change, in slow motion; undefined between steps. */
  readonly moving: PlayerName | undefined
  readonly look: Look
  readonly readings: Readings
  readonly measures: Measures
  readonly dead: DeadUnits
  /** Scalars of the last step by name. */
  readonly scalars: Readonly<Record<string, number>>
  readonly stepsPerSecond: number
  /** The first digits of the weights' SHA-256, while the game stands still. */
  readonly hash: string | undefined
  readonly playing: boolean
}

export type Answer =
  | Opened
  | Snapshot
  | { readonly type: 'empty'; readonly game: number }
  | { readonly type: 'failed'; readonly game: number; readonly message: string }
  /** A loss or a gradient was not finite; the game is back at an earlier step. */
  | {
      readonly type: 'diverged'
      readonly game: number
      readonly player: PlayerName
      readonly step: number
      readonly to: number
    }
