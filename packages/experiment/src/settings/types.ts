import type { Setting } from './setting.ts'
import type { trainingSettings } from './training-settings.ts'

type Table = typeof trainingSettings
type ValueOf<Row> = Row extends Setting<infer Type> ? Type : never
type Named<Presence> = {
  [Name in keyof Table]: Table[Name] extends { readonly presence: Presence } ? Name : never
}[keyof Table]

/** How a GAN is trained; plain data, kept in a run's config.json. */
export type TrainingSettings = {
  readonly [Name in Named<'required'>]: ValueOf<Table[Name]>
} & {
  readonly [Name in Named<'defaulted' | 'optional'>]?: ValueOf<Table[Name]>
}

/** Training settings with every default filled in. */
export type CompleteSettings = TrainingSettings & {
  readonly [Name in Named<'defaulted'>]: ValueOf<Table[Name]>
}

export type SettingName = keyof Table
