import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testReadme } from '@gankit/testkit'

testReadme(dirname(dirname(fileURLToPath(import.meta.url))))
