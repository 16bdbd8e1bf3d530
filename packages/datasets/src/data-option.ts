import type * as v from 'valibot'

/**
 * Datasets that share options: pictures in files, those with a folder per class, those with two sides, crops of
 * photographs, cartoon faces, birds, points of distributions, and pictures that captions can be had of.
 */
export type OptionGroup =
  | 'pictures'
  | 'folders'
  | 'sides'
  | 'photographs'
  | 'faces'
  | 'birds'
  | 'points'
  | 'captions'

/** An option on the command line. */
export interface DataFlag {
  /** As in a help text: '--size <pixels>', or '--flip' for one without a value. */
  readonly usage: string
  readonly help: string
  /** The only values, where there are few. */
  readonly choices?: readonly string[]
  /** Reads a value; without it the text is the value. @throws Error that says what was expected */
  parse?(text: string): unknown
}

export interface DataOption<Value, Group extends OptionGroup> {
  /** The datasets that take it. */
  readonly groups: readonly Group[]
  /** Checks a value. */
  readonly schema: v.GenericSchema<Value>
  readonly default: Value
  /** Without it the option is for programs only. */
  readonly flag?: DataFlag
}
