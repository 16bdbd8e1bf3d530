import { testEachCase } from './each-case.ts'

await testEachCase({ backend: 'wasm', threads: 2 })
