import type { GameSettings } from './game-settings.ts'

/** Settings that may change while a game is played: the networks, the data and the random numbers stay. */
export const liveNames = [
  'objective',
  'threshold',
  'penalty',
  'penaltyWeight',
  'generatorOptimizer',
  'generatorRate',
  'discriminatorOptimizer',
  'discriminatorRate',
  'discriminatorSteps',
  'generatorSteps',
  'order',
] as const satisfies readonly (keyof GameSettings)[]
type LiveName = (typeof liveNames)[number]
type LiveSettings = Pick<GameSettings, LiveName>

/** Settings that hold from a step on. */
export interface Change {
  readonly step: number
  readonly settings: Partial<LiveSettings>
}

/** Changes that a link holds at most. */
export const maxChanges = 40

export function isLive(changes: Partial<GameSettings>): changes is Partial<LiveSettings> {
  return Object.keys(changes).every(name => (liveNames as readonly string[]).includes(name))
}

/** The settings of a game after so many steps. */
export function settingsAt(first: GameSettings, changes: readonly Change[], step: number): GameSettings {
  return Object.assign(
    {},
    first,
    ...changes.filter(each => each.step <= step).map(({ settings }) => settings),
  )
}

/** Adds what changes at a step. Later changes of a game that was played differently from here on are no more. */
export function addChange(changes: readonly Change[], { step, settings }: Change): readonly Change[] {
  const before = changes.filter(each => each.step < step)
  const same = changes.find(each => each.step === step)
  return [...before, { step, settings: { ...same?.settings, ...settings } }].slice(-maxChanges)
}

/** Whether settings are those of a change already. */
export function isMade({ settings }: Change, now: GameSettings): boolean {
  return Object.entries(settings).every(([name, value]) => now[name as LiveName] === value)
}
