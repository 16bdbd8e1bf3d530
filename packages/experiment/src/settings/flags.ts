import * as v from 'valibot'
import type { Flag, Setting } from './setting.ts'
import { trainingSettings } from './training-settings.ts'
import type { SettingName, TrainingSettings } from './types.ts'
import type { Value } from './values.ts'

/** What was typed behind flags of the table of settings, by their names: '--learning-rate-g' is learningRateG. */
export type TrainingFlags = Readonly<Record<string, unknown>>

/** A flag of the table of settings, with what it belongs to. */
export interface TrainingFlag {
  /** The name under which its value is among the flags. */
  readonly name: string
  readonly text: string
  readonly help: string
  readonly value: Value<unknown>
  readonly setting: SettingName
  readonly apply: (before: unknown, typed: unknown) => unknown
}

/** All flags of the table of settings, in the order in which they are applied. */
export const trainingFlags: readonly TrainingFlag[] = Object.entries(trainingSettings).flatMap(
  ([setting, row]) =>
    (row as Setting<unknown>).flags.map(
      ({ text, help, value = row.value, apply }: Flag<unknown>): TrainingFlag => ({
        name: nameFlag(text),
        text,
        help,
        value,
        setting: setting as SettingName,
        apply: (before, typed) => (apply ? apply(before, typed as never) : typed),
      }),
    ),
)

/** The name of a flag as commander makes it: '--no-augment' and '--augment' are both augment. */
function nameFlag(text: string): string {
  const [word] = text.replace(/^--(no-)?/, '').split(' ')
  return word!.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** What is wrong with a typed value: the flag's name, the value, and what was expected. */
export interface WrongFlag {
  readonly name: string
  readonly typed: unknown
  readonly expected: string
}

/**
 * Settings with the flags in their place. Other flags than those of the table are left alone.
 * @param onWrong gets the first flag whose value its schema refuses, and throws
 */
export function applyFlags(
  settings: TrainingSettings,
  flags: TrainingFlags,
  onWrong: (wrong: WrongFlag) => never,
): TrainingSettings {
  const changed: Record<string, unknown> = { ...settings }
  for (const { name, value, setting, apply } of trainingFlags) {
    const typed = flags[name]
    if (typed === undefined) continue
    if (!v.is(value.schema, typed)) onWrong({ name, typed, expected: value.expected })
    const after = apply(changed[setting], typed)
    if (after === undefined) delete changed[setting]
    else changed[setting] = after
  }
  return changed as unknown as TrainingSettings
}
