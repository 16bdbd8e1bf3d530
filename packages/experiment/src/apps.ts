// The apps that are installed, without TensorFlow.js: what `gankit --help` names.
export { type InstalledApp, listApps } from './node/app-packages.ts'
