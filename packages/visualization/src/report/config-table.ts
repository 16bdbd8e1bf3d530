import { escapeText } from '../html/document.ts'

/** A part of a configuration: its name, and all its values, each by the path of names that leads to it. */
export interface ConfigPart {
  readonly name: string
  readonly rows: readonly (readonly [name: string, value: string])[]
}

/** Cuts a configuration into parts: 'run' with the plain values at its top, then one part for each object in it. */
export function splitConfig(config: Readonly<Record<string, unknown>>): ConfigPart[] {
  const plain: [string, string][] = []
  const parts: ConfigPart[] = []
  for (const [name, value] of Object.entries(config))
    if (isTree(value)) parts.push({ name: splitWords(name), rows: listRows(value, []) })
    else plain.push([splitWords(name), formatValue(value)])
  const all = [{ name: 'run', rows: plain }, ...parts]
  return all.filter(({ rows }) => rows.length > 0)
}

/** A configuration as one HTML table with a heading for each part. */
export function configTable(config: Readonly<Record<string, unknown>>): string {
  const bodies = splitConfig(config).map(
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

function listRows(tree: object, above: readonly string[]): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] => {
    const path = [...above, splitWords(name)]
    return isTree(value) ? listRows(value, path) : [[path.join(' › '), formatValue(value)]]
  })
}

/** Whether a value has parts of its own: an object, or a list with objects in it. */
function isTree(value: unknown): value is object {
  if (Array.isArray(value)) return value.some(item => typeof item === 'object' && item !== null)
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function formatValue(value: unknown): string {
  if (typeof value === 'number') return Math.abs(value) >= 1000 ? value.toLocaleString('en') : String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(formatValue).join(', ') || 'none'
  return typeof value === 'object' ? 'none' : String(value)
}

/** 'discriminatorSteps' as 'discriminator steps'. */
function splitWords(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, letter => ` ${letter.toLowerCase()}`)
}
