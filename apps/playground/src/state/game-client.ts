import type { Answer, Command, Contours, Opened, PlayerName, Snapshot } from '../games/protocol.ts'
import type { GameSettings } from '../settings/game-settings.ts'
import type { Change } from '../settings/live-settings.ts'
import type { Speed } from '../settings/url-state.ts'

/** What becomes of the worker's answers. */
interface Listener {
  opened(message: Opened): void
  snapshot(message: Snapshot): void
  contours(message: Contours): void
  changed(message: Extract<Answer, { type: 'changed' }>): void
  stage(message: Extract<Answer, { type: 'stage' }>): void
  empty(): void
  failed(message: string): void
  diverged(message: Extract<Answer, { type: 'diverged' }>): void
  workerFailed(message: string): void
}

/** Milliseconds between two pictures where the reader wants little to move. */
const calmEvery = 600

/** The page's side of the worker. Answers to a game that is no longer open are passed over. */
export class GameClient {
  /** Whether the worker has been told to play, and hasn't said that it stands. */
  isPlaying = false
  /** Whether a game has been asked for that the worker hasn't opened yet. */
  isOpening = false
  private readonly worker: Worker
  private readonly listener: Listener
  private game = 0

  constructor(listener: Listener) {
    this.listener = listener
    this.worker = new Worker(new URL('../games/worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => this.hear(data)
    this.worker.onerror = event => {
      event.preventDefault()
      listener.workerFailed(event.message || 'the script could not be loaded')
    }
  }

  open(settings: GameSettings, changes: readonly Change[]): void {
    this.isOpening = true
    this.isPlaying = false
    this.send({ type: 'open', settings, changes, game: ++this.game })
  }

  /** Changes settings at the step that the game is at; it stands then. */
  change(settings: Change['settings']): void {
    this.isPlaying = false
    this.send({ type: 'change', settings })
  }

  /** Goes on to the next part of an update. */
  next(): void {
    this.send({ type: 'next' })
  }

  play(until: number | undefined): void {
    this.isPlaying = true
    this.send({ type: 'play', until })
  }

  pause(): void {
    this.isPlaying = false
    this.send({ type: 'pause' })
  }

  step(player: PlayerName | undefined): void {
    this.isPlaying = false
    this.send({ type: 'step', player })
  }

  setSpeed(speed: Speed): void {
    this.send({ type: 'speed', speed })
  }

  private send(command: Command): void {
    this.worker.postMessage(command)
  }

  private hear(answer: Answer): void {
    if (answer.game !== this.game && answer.game !== -1) return
    if (answer.type === 'opened' || answer.type === 'empty') this.isOpening = false
    if (['empty', 'failed', 'diverged'].includes(answer.type)) this.isPlaying = false
    switch (answer.type) {
      case 'opened':
        this.listener.opened(answer)
        break
      case 'empty':
        this.listener.empty()
        break
      case 'failed':
        this.listener.failed(answer.message)
        break
      case 'diverged':
        this.listener.diverged(answer)
        break
      case 'contours':
        this.listener.contours(answer)
        break
      case 'changed':
        this.listener.changed(answer)
        break
      case 'stage':
        this.listener.stage(answer)
        break
      case 'snapshot':
        // A game that has just been opened stands, though it is about to be played.
        if (!answer.playing && answer.step > 0) this.isPlaying = false
        this.listener.snapshot(answer)
        this.acknowledge()
    }
  }

  /** Asks for the next picture once this one has been painted. A tab in the background paints nothing, and asks for none. */
  private acknowledge(): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    requestAnimationFrame(() =>
      setTimeout(() => this.send({ type: 'seen' }), calm && this.isPlaying ? calmEvery : 0),
    )
  }
}
