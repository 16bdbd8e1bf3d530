import { orOff, type Value } from './values.ts'

/**
 * Whether a setting may change when a run is resumed. 'fixed': never, because the networks, the optimizers' state or the
 * numbers drawn so far depend on it. 'accept': after `--accept-changes`, for the run then goes another way. 'free': always,
 * because it changes nothing about the weights of a step.
 */
export type ResumeRule = 'fixed' | 'accept' | 'free'

/** A flag of `gankit train` that changes a setting. */
export interface Flag<Type> {
  /** As commander takes it: '--steps <n>'. */
  readonly text: string
  /** One line for `--help`. */
  readonly help: string
  /** What may be typed behind the flag. Default: what the setting holds; a switch takes nothing. */
  readonly value?: Value<unknown>
  /** The setting after the flag: undefined leaves it out. Default: what was typed. */
  apply?(before: Type | undefined, typed: never): Type | undefined
}

/**
 * A flag that sets something optional, and its opposite that turns it off: '--clip-norm <x>' and '--no-clip-norm'. They share a
 * name, so each gets what was typed behind either.
 * @param off what the opposite does, one line for `--help`
 */
export function withOpposite<Type, Typed>(
  { text, help }: Pick<Flag<Type>, 'text' | 'help'>,
  off: string,
  value: Value<Typed>,
  set: (typed: Typed) => Type,
): Flag<Type>[] {
  const apply = (_: Type | undefined, typed: Typed | false): Type | undefined =>
    typed === false ? undefined : set(typed)
  const shared = { value: orOff(value) as Value<unknown>, apply }
  const name = text.slice('--'.length).split(' ')[0]
  return [
    { text, help, ...shared },
    { text: `--no-${name}`, help: off, ...shared },
  ]
}

/** One row of the table of training settings. */
export interface Setting<Type> {
  readonly value: Value<Type>
  /** What it is, in a sentence for the documentation. */
  readonly help: string
  /** What a number counts. */
  readonly unit?: string
  readonly onResume: ResumeRule
  /** Parts of an 'accept' setting that are fixed all the same, by their path below it. */
  readonly fixedParts?: RegExp
  /** Whether a change makes the place in the current epoch meaningless, so that a resumed run begins the next epoch. */
  readonly restartsEpoch?: true
  readonly flags: readonly Flag<Type>[]
}

/** A setting that every preset has. */
export interface RequiredSetting<Type> extends Setting<Type> {
  readonly presence: 'required'
}

/** A setting with a value where a preset has none. */
export interface DefaultedSetting<Type> extends Setting<Type> {
  readonly presence: 'defaulted'
  readonly default: Type
}

/** A setting that a preset may leave out, and that is off then. */
export interface OptionalSetting<Type> extends Setting<Type> {
  readonly presence: 'optional'
}

/** A row for `trainingSettings` that every preset has. */
export function required<Type>(row: Setting<Type>): RequiredSetting<Type> {
  return { presence: 'required', ...row }
}

/** A row for `trainingSettings` with a default. */
export function defaulted<Type>(row: Omit<DefaultedSetting<Type>, 'presence'>): DefaultedSetting<Type> {
  return { presence: 'defaulted', ...row }
}

/** A row for `trainingSettings` that is off where it is left out. */
export function optional<Type>(row: Setting<Type>): OptionalSetting<Type> {
  return { presence: 'optional', ...row }
}
