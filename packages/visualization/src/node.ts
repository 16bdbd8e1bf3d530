export { runReport } from './node/run-report.ts'
export type { Chart, Command, Fact, Grid, Incident, RunReport } from './report/report.ts'
