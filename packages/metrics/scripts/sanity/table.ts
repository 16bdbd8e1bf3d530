import type { NeighbourFigures } from '../../src/index.ts'
import type { DegradationName } from './degradations.ts'
import { type FigureName, type Figures, figureNames } from './figures.ts'

/** All that was measured. */
export interface Curves {
  /** Real digits against real ones, in other splits. */
  readonly floors: readonly Figures[]
  /** The real digits that are made worse, as they are. */
  readonly none: Figures
  readonly points: readonly {
    readonly name: DegradationName
    readonly level: number
    readonly figures: Figures
  }[]
  readonly collapse: Figures
}

/** The least and the greatest floor of a figure. */
export function bandOf({ floors, none }: Curves, figure: FigureName): readonly [number, number] {
  const values = [none, ...floors].map(figures => figures[figure])
  return [Math.min(...values), Math.max(...values)]
}

const written = (figure: FigureName, value: number) =>
  value
    .toFixed(Math.abs(value) >= 100 ? 0 : figure.startsWith('Fréchet') || Math.abs(value) >= 10 ? 1 : 2)
    .replace('-', '−')

/** As Markdown: a row a level, a column a figure. */
export function tableOf(curves: Curves): string {
  const row = (name: string, of: (figure: FigureName) => string) => [name, ...figureNames.map(of)]
  return laidOut([
    row('', figure => figure),
    row('real', figure => written(figure, curves.none[figure])),
    row('real, other splits', figure =>
      bandOf({ ...curves, none: curves.floors[0]! }, figure)
        .map(value => written(figure, value))
        .join(' to '),
    ),
    ...curves.points.map(({ name, level, figures }) =>
      row(`${name} ${level}`, figure => written(figure, figures[figure])),
    ),
    row('collapse', figure => written(figure, curves.collapse[figure])),
  ])
}

/** Figures of neighbours alone, a row each. */
export function neighboursTable(rows: Readonly<Record<string, NeighbourFigures>>): string {
  const columns = ['recall', 'coverage', 'precision', 'density'] as const
  return laidOut([
    ['', ...columns],
    ...Object.entries(rows).map(([name, figures]) => [
      name,
      ...columns.map(figure => written(figure, figures[figure])),
    ]),
  ])
}

/** The first row is the head; columns are as wide as their widest cell. */
function laidOut(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, i) => Math.max(3, ...rows.map(row => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  const [head, ...others] = rows.map(line)
  return [head, line(widths.map(width => '-'.repeat(width))), ...others].join('\n')
}
