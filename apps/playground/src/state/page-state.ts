import { preferredLanguage } from '@gankit/page-kit'
import { batch, computed, signal } from '@preact/signals'
import { type ExperimentId, experiments } from '../experiments/experiments.ts'
import type { Opened, PlayerName, Snapshot } from '../games/protocol.ts'
import { type DataName, defaultSettings, type GameSettings, isLine } from '../settings/game-settings.ts'
import {
  formatUrlState,
  parseUrlState,
  type Scene,
  type Speed,
  type UrlState,
} from '../settings/url-state.ts'
import { defaultViews, type Views } from '../settings/views.ts'
import { texts } from '../text/text.ts'
import type { BilinearSettings } from '../zero-sum/settings.ts'
import { GameClient } from './game-client.ts'

const first = parseUrlState(location.hash)

/** All that a link holds, and what of the last link nobody understood. */
export const state = signal<UrlState>(first.state)
export const faults = signal<readonly string[]>(first.faults)

/** The game as the worker showed it last. */
export const opened = signal<Opened | undefined>(undefined)
export const snapshot = signal<Snapshot | undefined>(undefined)
/** Whether the game is played, or will be once it is open. */
export const playing = signal(false)
/** Data that are yet to be drawn or read. */
export const isEmpty = signal(false)
export const failure = signal<string | undefined>(undefined)
/** Where a loss or a gradient was not finite, and the step that the game is back at. */
export const divergence = signal<{ player: PlayerName; step: number; to: number } | undefined>(undefined)
export const workerFailure = signal<string | undefined>(undefined)
/** What a screen reader is told once the game stands. */
export const announcement = signal('')

export const game = computed(() => state.value.game)
export const text = computed(() => texts[state.value.language ?? preferredLanguage(navigator.languages)])
export const onLine = computed(() => isLine(game.value.data))

const client = new GameClient({
  opened: message => {
    opened.value = message
    isEmpty.value = false
  },
  snapshot: message => {
    batch(() => {
      snapshot.value = message
      playing.value = message.playing || client.isPlaying
    })
  },
  empty: () =>
    batch(() => {
      opened.value = undefined
      snapshot.value = undefined
      isEmpty.value = true
      playing.value = false
    }),
  failed: message =>
    batch(() => {
      failure.value = message
      playing.value = false
    }),
  diverged: message =>
    batch(() => {
      divergence.value = message
      playing.value = false
    }),
  workerFailed: message => {
    workerFailure.value = message
  },
})

/** Changes what the link holds, and the address with it. */
function change(changes: Partial<UrlState>): void {
  state.value = { ...state.value, ...changes }
  history.replaceState(null, '', formatUrlState(state.value) || location.pathname + location.search)
}

/** The address that repeats what is on the page; it starts by itself where something was played. */
export function linkToNow(): string {
  const step = snapshot.value?.step ?? 0
  const { steps } = state.value
  const hash = formatUrlState({
    ...state.value,
    play: step > 0,
    steps: steps ?? (step > 0 ? step : undefined),
  })
  return location.href.replace(/#.*$/, '') + hash
}

/** Opens the game of the settings anew, and plays it where it was played before. */
export function reset(play: boolean = playing.value): void {
  failure.value = undefined
  divergence.value = undefined
  announcement.value = ''
  client.open(game.value)
  client.setSpeed(state.value.speed)
  if (play) playGame()
  else playing.value = false
}

export function playGame(): void {
  if (isEmpty.value) return
  failure.value = undefined
  divergence.value = undefined
  announcement.value = ''
  playing.value = true
  const { steps } = state.value
  const reached = steps !== undefined && (snapshot.value?.step ?? 0) >= steps && !client.isOpening
  client.play(reached ? undefined : steps)
}

export function pauseGame(): void {
  playing.value = false
  client.pause()
}

export function stepOnce(player?: PlayerName): void {
  playing.value = false
  failure.value = undefined
  divergence.value = undefined
  client.step(player)
}

export function changeGame(changes: Partial<GameSettings>): void {
  change({ game: { ...game.value, ...changes }, play: false })
  reset()
}

/** Other data: other networks may suit them, so all settings go back to those of the data's dimensions where these change. */
export function chooseData(data: DataName): void {
  const same = isLine(data) === onLine.value
  const settings = same ? { ...game.value, data } : { ...defaultSettings(data), seed: game.value.seed }
  change({ scene: 'game', game: settings, play: false, experiment: undefined, steps: undefined })
  reset(same && playing.value)
}

export function chooseScene(scene: Scene): void {
  if (scene !== 'game') pauseGame()
  change({ scene, play: false, experiment: undefined })
}

export function setSpeed(speed: Speed): void {
  change({ speed })
  client.setSpeed(speed)
}

export function setSteps(steps: number | undefined): void {
  change({ steps })
}

export function setView(name: keyof Views, shown: boolean): void {
  change({ views: { ...state.value.views, [name]: shown } })
}

export function setLanguage(language: UrlState['language']): void {
  change({ language })
}

export function changeZeroSum(changes: Partial<BilinearSettings>): void {
  change({ zeroSum: { ...state.value.zeroSum, ...changes } })
}

/** Sets the state of a question, and starts. */
export function tryExperiment(id: ExperimentId, variant = 0): void {
  const { variants, shows = [] } = experiments.find(each => each.id === id)!
  const { data, settings, steps } = variants[variant]!
  change({
    scene: 'game',
    game: { ...defaultSettings(data), ...settings },
    views: { ...defaultViews, ...Object.fromEntries(shows.map(name => [name, true])) },
    speed: 'fast',
    steps,
    play: false,
    experiment: `${id}.${variant}`,
  })
  reset(true)
}

export function leaveExperiment(): void {
  change({ experiment: undefined, steps: undefined, views: defaultViews })
}

/** Starts what the address says: when the page is loaded, and when somebody changes the address. */
export function openAddress(): void {
  const parsed = parseUrlState(location.hash)
  batch(() => {
    state.value = parsed.state
    faults.value = parsed.faults
  })
  if (parsed.state.scene === 'game') reset(parsed.state.play)
  else pauseGame()
}
