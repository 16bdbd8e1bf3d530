import { testReadme } from '../src/index.ts'

testReadme(`${import.meta.dirname}/..`)
