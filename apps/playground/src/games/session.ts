import { hashWeights, type ReduceGradients, type Trainer } from '@gankit/trainer'
import type { DataName } from '../settings/game-settings.ts'
import { addChange, type Change, isMade } from '../settings/live-settings.ts'
import { type BuiltGame, buildGame, changeSettings, disposeGame, startTrained } from './build-game.ts'
import { contourDensity } from './contours.ts'
import { describeGame } from './describe-game.ts'
import { createData } from './distributions.ts'
import { History } from './history.ts'
import { Looker } from './look.ts'
import { measure } from './measure.ts'
import { Pace } from './pace.ts'
import { type Answer, type Command, type PlayerName, type Snapshot, stages } from './protocol.ts'

/** Milliseconds between two snapshots at least: 20 a second. */
const snapshotEvery = 50
/** How many times as long as taking a snapshot the game is played before the next. */
const playPerLook = 3

/** Reads the safetensors file of networks that were trained on data. */
export type ReadTrained = (data: DataName) => Promise<Uint8Array>

/** The game of a worker: takes commands one after another, and posts what the page is to show. */
export class Session {
  private readonly post: (answer: Answer) => void
  private readonly backend: string
  private readonly readTrained: ReadTrained
  private readonly pace = new Pace()
  private number = 0
  private game: BuiltGame | undefined
  private looker: Looker | undefined
  private history = new History()
  private changes: readonly Change[] = []
  private scalars: Readonly<Record<string, number>> = {}
  private running: Promise<void> = Promise.resolve()
  private stop = new AbortController()
  private unseen = 0
  private nextLook = 0
  private moving: PlayerName | undefined
  private rate = { since: 0, step: 0, value: 0 }

  /**
   * @param readTrained gives the file of trained networks for data
   * @param post sends an answer to the page
   */
  constructor(backend: string, readTrained: ReadTrained, post: (answer: Answer) => void) {
    this.backend = backend
    this.readTrained = readTrained
    this.post = post
  }

  /** Carries a command out. Those that stop a game under way wait until it stands. */
  async take(command: Command): Promise<void> {
    if (command.type === 'seen') return void this.unseen--
    if (command.type === 'speed') return this.pace.set(command.speed)
    if (command.type === 'next') return this.pace.next()
    this.stop.abort()
    await this.running
    if (command.type === 'pause') return
    this.stop = new AbortController()
    this.pace.signal = this.stop.signal
    if (command.type === 'open') this.number = command.game
    this.running = this.carryOut(command).catch(error => this.fail(error))
    if (command.type === 'open' || command.type === 'change') await this.running
  }

  /** Resolves once the game stands still. */
  get standing(): Promise<void> {
    return this.running
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.post({ type: 'failed', game: this.number, message })
  }

  private async carryOut(
    command: Exclude<Command, { type: 'seen' | 'speed' | 'next' | 'pause' }>,
  ): Promise<void> {
    if (command.type === 'open') return this.open(command)
    const { game } = this
    if (!game) return
    if (command.type === 'play') return this.play(game, command.until)
    if (command.type === 'change') {
      const change = { step: game.trainer.step, settings: command.settings }
      this.changes = addChange(this.changes, change)
      return this.change(game, change)
    }
    await this.applyChange(game)
    const { turn } = game
    game.turn = command.player ?? turn
    try {
      await this.play(game, game.trainer.step + 1, false)
    } finally {
      game.turn = turn
    }
  }

  private async open({ settings, changes }: Extract<Command, { type: 'open' }>): Promise<void> {
    if (this.game) {
      this.looker!.dispose()
      disposeGame(this.game)
      this.game = undefined
    }
    this.unseen = 0
    const data = createData(settings)
    if (!data) return this.post({ type: 'empty', game: this.number })
    const trained = settings.start === 'trained' ? await this.readTrained(settings.data) : undefined
    const game = buildGame(settings, data, this.reduceGradients)
    this.game = game
    this.changes = changes
    if (trained) startTrained(game, trained)
    this.looker = new Looker(game, settings.seed)
    this.history = new History()
    this.scalars = {}
    this.post(describeGame(game, this.looker, { game: this.number, backend: this.backend }))
    await this.postSnapshot(false)
    const { density, dimensions } = data.distribution
    if (density && dimensions === 2)
      this.post({
        type: 'contours',
        game: this.number,
        contours: contourDensity({ density, extent: data.extent }),
      })
  }

  /** Stands between computing and applying, where slow motion shows an update's parts, and changes no gradient. */
  private readonly reduceGradients: ReduceGradients = async (gradients, { player }) => {
    await this.onMove(player as PlayerName)
    return gradients
  }

  private async change(game: BuiltGame, change: Change): Promise<void> {
    await changeSettings(game, { ...game.settings, ...change.settings }, this.reduceGradients)
    const { equilibrium } = game.objective
    this.post({ type: 'changed', game: this.number, change, equilibrium })
  }

  /** Trains up to a step, or until it is stopped. @param paced whether the speed counts */
  private async play(game: BuiltGame, until = Number.MAX_SAFE_INTEGER, paced = true): Promise<void> {
    this.pace.paced = paced
    this.rate = { since: performance.now(), step: game.trainer.step, value: 0 }
    let goesOn = true
    while (goesOn) {
      const end = Math.min(until, (await this.applyChange(game))?.step ?? until)
      goesOn = (await this.playOn(game, end)) && end < until
    }
    this.moving = undefined
    this.countRate(game.trainer)
    await this.postSnapshot(false)
  }

  /** Makes the change that is due, if one is. @returns the next one, at a later step */
  private async applyChange(game: BuiltGame): Promise<Change | undefined> {
    const due = this.changes.find(({ step }) => step === game.trainer.step)
    if (due && !isMade(due, game.settings)) await this.change(game, due)
    return this.changes.find(({ step }) => step > game.trainer.step)
  }

  /** Trains up to a step with the settings as they are. @returns whether it got there */
  private async playOn({ trainer, batches }: BuiltGame, until: number): Promise<boolean> {
    for await (const event of trainer.run(batches, {
      steps: until,
      signal: this.stop.signal,
      guard: { tries: 0 },
    })) {
      if (event.type === 'rollback') {
        const { step, to, player } = event
        this.post({ type: 'diverged', game: this.number, player: player as PlayerName, step, to })
      }
      if (event.type !== 'step') continue
      this.moving = undefined
      if (this.history.isDue(event.step)) {
        this.scalars = await event.read()
        this.history.add(event.step, this.scalars)
      }
      await this.afterStep(trainer, async () => {
        this.scalars = await event.read()
      })
    }
    return trainer.step >= until
  }

  /** Shows the game where a picture is due, and waits as the speed wants it. */
  private async afterStep(trainer: Trainer, read: () => Promise<void>): Promise<void> {
    const now = performance.now()
    if (now >= this.nextLook && this.unseen === 0) {
      await read()
      this.countRate(trainer)
      await this.postSnapshot(true)
      const cost = performance.now() - now
      this.nextLook = performance.now() + Math.max(snapshotEvery, playPerLook * cost)
      await this.pace.yieldToMessages()
    } else if (now >= this.nextLook) await this.pace.yieldToMessages()
    await this.pace.waitAfterStep()
  }

  /** In slow motion, stands at each part of an update, so that the network at move is seen. */
  private async onMove(player: PlayerName): Promise<void> {
    if (!this.pace.showsStages) return
    this.moving = player
    await this.postSnapshot(true)
    for (const stage of stages) {
      if (!this.pace.showsStages) return
      this.post({ type: 'stage', game: this.number, player, stage })
      await this.pace.waitInStage()
    }
  }

  private countRate({ step }: Trainer): void {
    const seconds = (performance.now() - this.rate.since) / 1000
    if (seconds < 0.5) return
    this.rate = { since: performance.now(), step, value: (step - this.rate.step) / seconds }
  }

  /** @returns undefined in a page that came over plain HTTP from another machine, which has no SHA-256 */
  private async hash({ game }: Trainer): Promise<string | undefined> {
    return (await hashWeights(game.networks).catch(() => undefined))?.slice(0, 12)
  }

  private async postSnapshot(playing: boolean): Promise<void> {
    const { trainer, data, earlierUpdates } = this.game!
    const { look, fakes, dead } = this.looker!.take()
    const { generator, discriminator } = trainer.game.players
    const measures = measure(fakes, data.distribution)
    this.history.measure(trainer.step, measures)
    const snapshot: Snapshot = {
      type: 'snapshot',
      game: this.number,
      step: trainer.step,
      updates: {
        generator: earlierUpdates.generator + generator!.optimizer.updates,
        discriminator: earlierUpdates.discriminator + discriminator!.optimizer.updates,
      },
      moving: this.moving,
      look,
      readings: this.history.readings(),
      measured: this.history.measuredReadings(),
      measures,
      dead,
      scalars: this.scalars,
      stepsPerSecond: playing ? this.rate.value : 0,
      hash: playing ? undefined : await this.hash(trainer),
      playing,
    }
    this.unseen++
    this.post(snapshot)
  }
}
