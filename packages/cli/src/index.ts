export { type App, type DataSource, defineApp, type Preset, type TrainingSettings } from './app.ts'
