import { preferredLanguage } from '@gankit/page-kit'
import { batch, computed, signal } from '@preact/signals'
import { type ExperimentId, experiments } from '../experiments/experiments.ts'
import type { Contours, Opened, PlayerName, Snapshot, Stage } from '../games/protocol.ts'
import {
  type DataName,
  defaultSettings,
  type GameSettings,
  hasTrainedStart,
  isLine,
} from '../settings/game-settings.ts'
import { addChange, isLive, settingsAt } from '../settings/live-settings.ts'
import {
  formatUrlState,
  parseUrlState,
  type Scene,
  type Speed,
  type UrlState,
} from '../settings/url-state.ts'
import { defaultViews, type LayerName, maxOpacity, type Views } from '../settings/views.ts'
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
export const contours = signal<Contours['contours']>([])
/** The part of an update that slow motion stands at. */
export const moment = signal<{ player: PlayerName; stage: Stage } | undefined>(undefined)
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

const step = computed(() => snapshot.value?.step ?? 0)
/** The settings as they are at this step. */
export const game = computed(() => settingsAt(state.value.game, state.value.changes, step.value))
export const text = computed(() => texts[state.value.language ?? preferredLanguage(navigator.languages)])
export const onLine = computed(() => isLine(game.value.data))

const client = new GameClient({
  opened: message => {
    opened.value = message
    contours.value = []
    isEmpty.value = false
  },
  contours: message => {
    contours.value = message.contours
  },
  changed: ({ change: made, equilibrium }) => {
    opened.value = { ...opened.value!, equilibrium }
    change({ changes: addChange(state.value.changes, made) })
  },
  stage: ({ player, stage }) => {
    moment.value = { player, stage }
  },
  snapshot: message => {
    batch(() => {
      snapshot.value = message
      if (!message.moving) moment.value = undefined
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

/** Opens the game anew with the settings as they are now, and plays it where it was played before. */
export function reset(play: boolean = playing.value): void {
  if (state.value.changes.length > 0) change({ game: game.value, changes: [] })
  open(play)
}

function open(play: boolean): void {
  failure.value = undefined
  divergence.value = undefined
  announcement.value = ''
  client.open(state.value.game, state.value.changes)
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
  const reached = steps !== undefined && step.value >= steps && !client.isOpening
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

/** From one part of an update to the next; starts where the game stands. */
export function nextStage(): void {
  if (playing.value) client.next()
  else playGame()
}

/** Changes settings: while the game is under way if they allow it, else from a new start. */
export function changeGame(changes: Partial<GameSettings>): void {
  if (isLive(changes) && step.value > 0 && !client.isOpening) {
    const play = playing.value
    client.change(changes)
    if (play) playGame()
    return
  }
  restart({ ...game.value, ...changes })
}

function restart(settings: GameSettings, play = playing.value): void {
  const start = hasTrainedStart(settings) ? settings.start : 'new'
  change({ game: { ...settings, start }, changes: [], play: false })
  open(play)
}

/** Other data: other networks may suit them, so all settings go back to those of the data's dimensions where these change. */
export function chooseData(data: DataName): void {
  const same = isLine(data) === onLine.value
  const settings = same ? { ...game.value, data } : { ...defaultSettings(data), seed: game.value.seed }
  change({ scene: 'game', experiment: undefined, steps: undefined })
  restart(settings, same && playing.value)
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

/**
 * @param percent of how opaque the layer usually is
 * @param isLast whether the slider is let go: browsers let a page write only so many addresses in a while
 */
export function setOpacity(layer: LayerName, percent: number, isLast: boolean): void {
  const { [layer]: _, ...others } = state.value.opacities
  const opacities = percent === maxOpacity ? others : { ...others, [layer]: percent }
  if (isLast) change({ opacities })
  else state.value = { ...state.value, opacities }
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
    changes: [],
    views: { ...defaultViews, ...Object.fromEntries(shows.map(name => [name, true])) },
    speed: 'fast',
    steps,
    play: false,
    experiment: `${id}.${variant}`,
  })
  open(true)
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
  if (parsed.state.scene === 'game') open(parsed.state.play)
  else pauseGame()
}
