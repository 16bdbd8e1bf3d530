export { alone as default } from '../../vitest.base.ts'
