// The app of this repository from its source, for commands that run in the process of the tests.
export { app } from '../../../../../apps/mnist-digits/src/index.ts'
