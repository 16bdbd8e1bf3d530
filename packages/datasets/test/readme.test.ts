import { fileURLToPath } from 'node:url'
import { testReadme } from '@gankit/testkit'

testReadme(fileURLToPath(new URL('..', import.meta.url)))
