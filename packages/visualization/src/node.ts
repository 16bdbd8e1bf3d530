export type { GeneratorPage } from './generator-page/generator-page.ts'
export { generatorPage } from './node/generator-page.ts'
export { runReport } from './node/run-report.ts'
export type { Chart, Command, Fact, Grid, Incident, RunReport } from './report/report.ts'
