import { type SelectOptions, selectBackend } from '@gankit/runtime/node'
import { expect, test } from 'vitest'
import { cases } from '../src/suite/index.ts'

/** Makes a test of every case, on one backend. One test file has one process, and so one backend. */
export async function testEachCase(
  wanted: Required<Pick<SelectOptions, 'backend' | 'threads'>>,
): Promise<void> {
  const chosen = await selectBackend(wanted)
  test(`the backend is ${wanted.backend}`, () => {
    expect(chosen.backend).toBe(wanted.backend)
    if (wanted.backend === 'wasm') expect(chosen.threads).toBe(wanted.threads)
  })
  for (const { name, run } of cases()) test(name, run)
}
