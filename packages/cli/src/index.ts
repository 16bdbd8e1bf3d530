export { type App, type AppData, defineApp, type Preset, type TrainingSettings } from './app.ts'
export { trainerOf } from './trainer-of.ts'
