import type { GameSettings } from '../settings/game-settings.ts'
import type { Change } from '../settings/live-settings.ts'
import type { Speed } from '../settings/url-state.ts'
import type { Contour } from './contours.ts'
import type { MeasuredReadings, Readings } from './history.ts'
import type { DeadUnits, Look } from './look-shapes.ts'
import type { Measures } from './measure.ts'

export type PlayerName = 'generator' | 'discriminator'

/** What happens within an update, one after another, as slow motion shows it. */
export const stages = ['samples', 'predictions', 'loss', 'gradients', 'update'] as const
export type Stage = (typeof stages)[number]

/** What the page asks of the worker. */
export type Command =
  | {
      readonly type: 'open'
      readonly settings: GameSettings
      /** Settings that change at later steps. */
      readonly changes: readonly Change[]
      readonly game: number
    }
  /** Other settings from the step on at which the game is; it stands then. */
  | { readonly type: 'change'; readonly settings: Change['settings'] }
  | { readonly type: 'play'; readonly until: number | undefined }
  | { readonly type: 'pause' }
  /** One update of one network, the other frozen; or a whole step. */
  | { readonly type: 'step'; readonly player: PlayerName | undefined }
  | { readonly type: 'speed'; readonly speed: Speed }
  /** From one part of an update to the next, where they are gone through by hand. */
  | { readonly type: 'next' }
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
  /** Latents, [n, 1 or 2], and the lattice of z before G bends it; the lattice in the plane alone. */
  readonly noise: Float32Array
  readonly lattice: Float32Array
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
  readonly measured: MeasuredReadings
  readonly measures: Measures
  readonly dead: DeadUnits
  /** Scalars of the last step by name. */
  readonly scalars: Readonly<Record<string, number>>
  readonly stepsPerSecond: number
  /** The first digits of the weights' SHA-256, while the game stands still. */
  readonly hash: string | undefined
  readonly playing: boolean
}

/** Lines around the regions that hold given shares of the data, in the plane: they take a while, so they come by themselves. */
export interface Contours {
  readonly type: 'contours'
  readonly game: number
  readonly contours: readonly Contour[]
}

export type Answer =
  | Opened
  | Snapshot
  | Contours
  /** Settings have changed at a step. */
  | {
      readonly type: 'changed'
      readonly game: number
      readonly change: Change
      readonly equilibrium: Opened['equilibrium']
    }
  /** Slow motion has come to another part of the update that is under way. */
  | { readonly type: 'stage'; readonly game: number; readonly player: PlayerName; readonly stage: Stage }
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
