import { testReadme } from '@gankit/testkit'

const bench = `${import.meta.dirname}/..`
testReadme(bench, `${bench}/../README.md`)
testReadme(bench, `${bench}/../README.zh-CN.md`)
