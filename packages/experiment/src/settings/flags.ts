import type { Flag, Setting } from './setting.ts'
import { trainingSettings } from './training-settings.ts'
import type { SettingName } from './types.ts'
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
