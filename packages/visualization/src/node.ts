export type { Chart } from './curves/scalar-charts.ts'
export { type RenderOptions, renderSvg } from './figures/node.ts'
export { runReport } from './report/node.ts'
export type { Command, Fact, Grid, Incident, RunReport } from './report/report.ts'
