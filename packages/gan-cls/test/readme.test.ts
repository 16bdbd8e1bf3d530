import { testReadme } from '@gankit/testkit'

testReadme(`${import.meta.dirname}/..`)
