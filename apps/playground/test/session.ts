import { readFile } from 'node:fs/promises'
import { selectBackend } from '@gankit/runtime/node'
import type { Answer, Command, Snapshot } from '../src/games/protocol.ts'
import { Session } from '../src/games/session.ts'
import { type DataName, defaultSettings, type GameSettings } from '../src/settings/game-settings.ts'
import type { Change } from '../src/settings/live-settings.ts'

interface OpenSession {
  readonly answers: Answer[]
  /** Gives a command, and waits until the game stands. */
  take(command: Command): Promise<void>
  open(settings: GameSettings, game?: number, changes?: readonly Change[]): Promise<void>
  last(): Snapshot
  divergence(): Answer | undefined
}

/** Reads the networks that the page brings. */
export async function readTrained(data: DataName): Promise<Uint8Array> {
  return readFile(new URL(`../src/games/trained/${data}.safetensors`, import.meta.url))
}

/** A session without a worker, which keeps what it posts, says that all is seen, and goes on from part to part of an update. */
export async function openSession(data: DataName, changes: Partial<GameSettings> = {}): Promise<OpenSession> {
  await selectBackend({ backend: 'wasm', threads: 1 })
  const answers: Answer[] = []
  const session: Session = new Session('wasm', readTrained, answer => {
    answers.push(answer)
    if (answer.type === 'snapshot') void session.take({ type: 'seen' })
    if (answer.type === 'stage') queueMicrotask(() => void session.take({ type: 'next' }))
  })
  const take = async (command: Command) => {
    await session.take(command)
    await session.standing
  }
  const open = (settings: GameSettings, game = 1, later: readonly Change[] = []) =>
    take({ type: 'open', settings, game, changes: later })
  await open({ ...defaultSettings(data), ...changes })
  return {
    answers,
    take,
    open,
    last: () => answers.findLast((answer): answer is Snapshot => answer.type === 'snapshot')!,
    divergence: () => answers.find(answer => answer.type === 'diverged'),
  }
}
