import * as v from 'valibot'

/** What a setting or a flag may hold: a check, the same in words, and how it is read from what a person typed. */
export interface Value<Type> {
  readonly schema: v.GenericSchema<Type>
  /** Completes the sentence 'expected …'. */
  readonly expected: string
  /** Reads a typed text; what is no such value comes back as something that the schema refuses. Default: not typed. */
  readonly parse?: (text: string) => unknown
  /** Whether any typed text is a value at first, because only the check of all settings can say what is wrong with it. */
  readonly isName?: true
  /** The names in a value that a table has to have. The tables load TensorFlow.js, so only `check.ts` looks into them. */
  readonly names?: { readonly table: NameTable; find(value: Type): readonly string[] }
}

/** A table whose names settings hold: that of objectives in @gankit/losses, that of optimizers in @gankit/trainer. */
export type NameTable = 'objective' | 'optimizer'

/** Digits alone: neither '1e3' nor '0x10' nor ' 7', which JavaScript would all take for numbers. */
const readInteger = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)
const readNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

/** A whole number from `min` to `max`. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Value<number> {
  return {
    schema: v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max)),
    expected: `a whole number from ${min} to ${max}`,
    parse: readInteger,
  }
}

/** A finite number above zero. */
export const positive: Value<number> = {
  schema: v.pipe(v.number(), v.finite(), v.gtValue(0)),
  expected: 'a number above 0',
  parse: readNumber,
}

/** The same, or false for a flag that turns it off: `--no-time-limit`. */
export function orOff<Type>(value: Value<Type>): Value<Type | false> {
  return { ...(value as Value<Type | false>), schema: v.union([value.schema, v.literal(false)]) }
}

/** A number from 0, included, to 1, excluded. */
export const fraction: Value<number> = {
  schema: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  expected: 'a number from 0 to below 1',
  parse: readNumber,
}

/** A name that a table has. */
export function nameIn<Name extends string>(table: NameTable): Value<Name> {
  return {
    schema: v.string() as unknown as v.GenericSchema<Name>,
    expected: 'one of',
    isName: true,
    names: { table, find: name => [name] },
  }
}

/** A text that another module checks, such as the name of a metric. */
export const text: Value<string> = {
  schema: v.string(),
  expected: 'a name',
  isName: true,
}

/** True or false. As a flag it is a switch: `--simultaneous` stands for true. */
export const yesOrNo: Value<boolean> = { schema: v.boolean(), expected: 'true or false' }
