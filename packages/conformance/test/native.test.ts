import { selectBackend } from '@gankit/runtime/node'
import { useUsersCache } from '@gankit/testkit'
import { expect, test } from 'vitest'
import { testEachCase } from './each-case.ts'

useUsersCache()
const missing = await selectBackend({ backend: 'tensorflow' }).then(
  () => undefined,
  (error: Error) => error.message,
)
if (!missing) await testEachCase({ backend: 'tensorflow', threads: 1 })
else if (process.env['GANKIT_REQUIRE_NATIVE']) test('native TensorFlow is there', () => expect.fail(missing))
else test.skip(`native TensorFlow: ${missing}`)
