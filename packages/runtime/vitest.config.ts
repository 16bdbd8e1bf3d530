import { base } from '../../vitest.base.ts'

// Nearly every file here starts backends and changes their kernels, so each gets a process of its own.
export default { ...base, test: { ...base.test, projects: undefined, include: ['test/**/*.test.ts'] } }
