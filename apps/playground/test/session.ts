import { selectBackend } from '@gankit/runtime/node'
import type { Answer, Command, Snapshot } from '../src/games/protocol.ts'
import { Session } from '../src/games/session.ts'
import { type DataName, defaultSettings, type GameSettings } from '../src/settings/game-settings.ts'

interface OpenSession {
  readonly answers: Answer[]
  /** Gives a command, and waits until the game stands. */
  take(command: Command): Promise<void>
  open(settings: GameSettings, game?: number): Promise<void>
  last(): Snapshot
  divergence(): Answer | undefined
}

/** A session without a worker, which keeps what it posts and says that all is seen. */
export async function openSession(data: DataName, changes: Partial<GameSettings> = {}): Promise<OpenSession> {
  await selectBackend({ backend: 'wasm', threads: 1 })
  const answers: Answer[] = []
  const session: Session = new Session('wasm', answer => {
    answers.push(answer)
    if (answer.type === 'snapshot') void session.take({ type: 'seen' })
  })
  const take = async (command: Command) => {
    await session.take(command)
    await session.standing
  }
  const open = (settings: GameSettings, game = 1) => take({ type: 'open', settings, game })
  await open({ ...defaultSettings(data), ...changes })
  return {
    answers,
    take,
    open,
    last: () => answers.findLast((answer): answer is Snapshot => answer.type === 'snapshot')!,
    divergence: () => answers.find(answer => answer.type === 'diverged'),
  }
}
