import { testEachCase } from './each-case.ts'

await testEachCase({ backend: 'cpu', threads: 1 })
