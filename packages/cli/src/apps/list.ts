import type { App } from '@gankit/experiment'
import { listApps, loadApp } from '@gankit/experiment/node'
import { wrapText } from '../terminal/format.ts'
import { formatCommand, type Terminal } from '../terminal/terminal.ts'

/** What `gankit apps --json` prints of each app. */
export interface AppRow {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly data: string
  readonly defaultPreset: string
  /** What each preset is, by its name. */
  readonly presets: Readonly<Record<string, string>>
  /** Whether the app comes with a generator, so that `gankit sample` draws without training. */
  readonly hasGenerator: boolean
}

/** Prints the apps that are installed. @throws GankitError for a package that says it is an app and isn't */
export async function printApps({ json }: { readonly json?: boolean }, { out }: Terminal): Promise<void> {
  const rows: AppRow[] = []
  for (const { name, description } of listApps()) rows.push(createRow(await loadApp(name), description))
  rows.sort((a, b) => (a.name < b.name ? -1 : 1))
  out.write(json ? `${JSON.stringify({ apps: rows })}\n` : formatApps(rows, out.columns || 80))
}

function createRow(app: App, description: string): AppRow {
  const { name, title, presets, defaultPreset, generator } = app
  return {
    name,
    title,
    description: description || title,
    data: describeData(app),
    defaultPreset,
    presets: Object.fromEntries(
      Object.entries(presets).map(([preset, { description }]) => [preset, description]),
    ),
    hasGenerator: generator !== undefined,
  }
}

/** The spec of an app's data, or those of its streams as `--data` takes them. */
function describeData({ data, streams }: App): string {
  const show = (spec: string | undefined) => spec ?? '(what --data says)'
  if (!streams) return show(data.default)
  return Object.entries(streams)
    .map(([stream, { default: spec }]) => `${stream}=${show(spec)}`)
    .join(' ')
}

function formatApps(rows: readonly AppRow[], columns: number): string {
  if (rows.length === 0) return `No app is installed. One comes with: npm install @gankit/mnist-digits\n`
  return `${rows.map(row => formatApp(row, columns).join('\n')).join('\n\n')}\n`
}

function formatApp(row: AppRow, columns: number): string[] {
  const facts: [string, string][] = [
    ...Object.entries(row.presets).map(([name, text], i): [string, string] => [
      i === 0 ? 'presets' : '',
      `${name}${name === row.defaultPreset ? ' (unless --preset says otherwise)' : ''}: ${text}`,
    ]),
    ['data', row.data],
    ['train', formatCommand('train', row.name)],
    ...(row.hasGenerator
      ? [['sample', formatCommand('sample', row.name, '--out', 'samples.png')] as [string, string]]
      : []),
  ]
  return [
    row.name,
    ...wrapText(row.description, columns, '  '),
    ...facts.flatMap(([name, text]) => {
      const [first, ...rest] = wrapText(text, columns, ' '.repeat(11))
      return [`  ${name.padEnd(9)}${first!.trimStart()}`, ...rest]
    }),
  ]
}
