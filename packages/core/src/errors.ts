/** What a failure is about; a program may branch on it, people read the message. */
export type ErrorKind = 'option' | 'data' | 'file' | 'backend' | 'state'

/**
 * Every error that gankit throws on purpose: one line that names the package, what was got, what was expected
 * and what to do about it.
 */
export class GankitError extends Error {
  override readonly name = 'GankitError'
  /** Tells an error of gankit apart, across copies of this package. */
  readonly gankit = true
  readonly package: string
  readonly kind: ErrorKind
  /**
   * The option that is wrong, as the message calls it at its beginning: 'batch', 'optimizers.generator.learningRate'. Who
   * calls it by another name, as a command does its flags, can put that in its place.
   */
  readonly option?: string

  constructor(
    packageName: string,
    kind: ErrorKind,
    message: string,
    { option, ...options }: ErrorOptions & { readonly option?: string } = {},
  ) {
    super(`[gankit/${packageName}] ${message}`, options)
    this.package = packageName
    this.kind = kind
    if (option !== undefined) this.option = option
  }
}

/** True for an error of gankit, also when it comes from another installed copy of this package. */
export function isGankitError(error: unknown): error is GankitError {
  return error instanceof Error && (error as { gankit?: unknown }).gankit === true
}
