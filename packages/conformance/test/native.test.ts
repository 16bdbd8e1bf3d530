import { selectBackend } from '@gankit/runtime/node'
import { useUsersCache } from '@gankit/testkit'
import { test } from 'vitest'
import { testEachCase } from './each-case.ts'

useUsersCache()
const missing = await selectBackend({ backend: 'tensorflow' }).then(
  () => undefined,
  (error: Error) => error.message,
)
if (missing) test.skip(`native TensorFlow: ${missing}`)
else await testEachCase({ backend: 'tensorflow', threads: 1 })
