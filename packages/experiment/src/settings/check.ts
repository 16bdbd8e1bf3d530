import { checkOption, GankitError } from '@gankit/core'
import { objectives } from '@gankit/losses'
import { optimizerNames } from '@gankit/trainer/optimizers'
import * as v from 'valibot'
import { type TrainingFlags, trainingFlags } from './flags.ts'
import type { Setting } from './setting.ts'
import { trainingSettings } from './training-settings.ts'
import type { CompleteSettings, SettingName, TrainingSettings } from './types.ts'
import type { NameTable, Value } from './values.ts'

const table: readonly (readonly [string, Setting<unknown> & { presence: string; default?: unknown }])[] =
  Object.entries(trainingSettings)

/**
 * Checks training settings against the table.
 * @param where whose they are, as an error names it: "preset 'quick' of points"
 * @throws GankitError that names the first setting that is missing, unknown or out of range
 */
export function checkTrainingSettings(settings: unknown, where: string): TrainingSettings {
  if (typeof settings !== 'object' || settings === null)
    throw new GankitError('experiment', 'option', `${where} has no training settings, expected an object`)
  const given = settings as Readonly<Record<string, unknown>>
  for (const [name, { value, presence }] of table) {
    if (given[name] === undefined && presence !== 'required') continue
    const expected = describeExpected(value)
    checkOption('experiment', `${where}: ${name}`, show(given[name]), isValue(value, given[name]), expected)
  }
  const unknown = Object.keys(given).find(name => !Object.hasOwn(trainingSettings, name))
  if (unknown !== undefined)
    throw new GankitError(
      'experiment',
      'option',
      `${where} has a setting '${unknown}', expected some of: ${Object.keys(trainingSettings).join(', ')}`,
    )
  return given as unknown as TrainingSettings
}

/** Numbers, texts and nothing as they are; else JSON. */
function show(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** Training settings with the defaults of the table where they have none. */
export function completeSettings(settings: TrainingSettings): CompleteSettings {
  const defaults = table.flatMap(([name, row]) => (row.default === undefined ? [] : [[name, row.default]]))
  return { ...Object.fromEntries(defaults), ...settings }
}

/**
 * Training settings with flags in their place; other flags than those of the table are left alone.
 * @throws GankitError for a flag whose value is none of its own
 */
export function changeSettings(settings: TrainingSettings, flags: TrainingFlags): TrainingSettings {
  const changed: Record<string, unknown> = { ...settings }
  for (const { name, value, setting, apply } of trainingFlags) {
    const typed = flags[name]
    if (typed === undefined) continue
    if (!isValue(value, typed))
      throw new GankitError(
        'experiment',
        'option',
        `${name} is ${quote(typed)}, expected ${describeExpected(value)}`,
        { option: name },
      )
    const after = apply(changed[setting], typed)
    if (after === undefined) delete changed[setting]
    else changed[setting] = after
  }
  return changed as unknown as TrainingSettings
}

interface Unused {
  readonly unused?: readonly SettingName[]
}

/**
 * @param app its name, and the settings that its games don't read, all of them or that of the preset
 * @throws GankitError for a flag of such a setting, which would have no effect
 */
export function checkUnusedFlags(
  {
    name: app,
    unused = [],
    presets,
  }: Unused & { readonly name: string; readonly presets: Readonly<Record<string, Unused>> },
  preset: string,
  flags: TrainingFlags,
): void {
  const ofPreset = presets[preset]?.unused ?? []
  const given = trainingFlags.find(
    ({ name, setting }) =>
      flags[name] !== undefined && (unused.includes(setting) || ofPreset.includes(setting)),
  )
  if (given)
    throw new GankitError(
      'experiment',
      'option',
      `${given.text.split(' ')[0]} is given, and the game of ${app}${unused.includes(given.setting) ? '' : `'s preset ${preset}`} has no use for it: leave it out`,
      { option: given.name },
    )
}

/** The names that each table has. */
const tables: Readonly<Record<NameTable, readonly string[]>> = {
  objective: Object.keys(objectives),
  optimizer: optimizerNames,
}

function isValue({ schema, names }: Value<unknown>, given: unknown): boolean {
  return v.is(schema, given) && (names?.find(given).every(name => tables[names.table].includes(name)) ?? true)
}

/** What a value may be, with the names that it may hold. */
function describeExpected({ expected, names }: Value<unknown>): string {
  return names ? `${expected}: ${tables[names.table].join(', ')}` : expected
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(show(value))
}
