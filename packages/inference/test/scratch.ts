import { GankitError } from '@gankit/core'
import { expect } from 'vitest'

export { scratch, tree } from '@gankit/testkit/scratch'

/** Expects a GankitError of one line, and gives its message. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => expect.fail('expected a failure'),
    error => error,
  )
  expect(error).toBeInstanceOf(GankitError)
  expect(error.message).not.toContain('\n')
  return error.message
}
