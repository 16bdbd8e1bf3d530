import { alone } from '../../vitest.base.ts'

// The longest tests of all, and much of them waits for a browser: two files at a time, also on two cores.
export default { ...alone, test: { ...alone.test, maxWorkers: 2 } }
