import { escapeText } from '../escape.ts'

/** A part of a configuration: its name, and what is in it, however deep, by the names on the way. */
export interface ConfigPart {
  readonly name: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

/** Cuts a configuration into parts: what stands at the top, then one for each object in it. */
export function configParts(config: Readonly<Record<string, unknown>>): ConfigPart[] {
  const plain: [string, string][] = []
  const parts: ConfigPart[] = []
  for (const [name, value] of Object.entries(config))
    if (isTree(value)) parts.push({ name: words(name), rows: rowsOf(value, []) })
    else plain.push([words(name), shown(value)])
  const all = [{ name: 'run', rows: plain }, ...parts]
  return all.filter(({ rows }) => rows.length > 0)
}

/** A configuration as one table with a heading a part. */
export function configTable(config: Readonly<Record<string, unknown>>): string {
  const bodies = configParts(config).map(
    ({ name, rows }) =>
      `<tbody><tr><th colspan="2" scope="rowgroup">${escapeText(name)}</th></tr>` +
      rows
        .map(
          ([name, value]) => `<tr><th scope="row">${escapeText(name)}</th><td>${escapeText(value)}</td></tr>`,
        )
        .join('') +
      '</tbody>',
  )
  return `<table class="config">${bodies.join('\n')}</table>`
}

function rowsOf(tree: object, above: readonly string[]): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] => {
    const path = [...above, words(name)]
    return isTree(value) ? rowsOf(value, path) : [[path.join(' › '), shown(value)]]
  })
}

/** Whether a value has parts of its own: an object, or a list with objects in it. */
function isTree(value: unknown): value is object {
  if (Array.isArray(value)) return value.some(item => typeof item === 'object' && item !== null)
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function shown(value: unknown): string {
  if (typeof value === 'number') return Math.abs(value) >= 1000 ? value.toLocaleString('en') : String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(shown).join(', ') || 'none'
  return typeof value === 'object' ? 'none' : String(value)
}

/** 'discriminatorSteps' as 'discriminator steps'. */
function words(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, letter => ` ${letter.toLowerCase()}`)
}
