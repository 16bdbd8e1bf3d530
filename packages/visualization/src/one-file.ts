import { escapeText } from './escape.ts'

/** What a page is made with: text that stands in it as it is. */
export interface PageParts {
  readonly styles: readonly string[]
  readonly scripts: readonly { readonly kind: 'classic' | 'module'; readonly text: string }[]
  /** The source of a Content-Security-Policy for a script: 'sha256-…', quotes included. */
  hash(script: string): string
}

export interface OneFile {
  readonly title: string
  /** Lines of markup before the scripts. */
  readonly body: readonly string[]
  /** What the scripts read, as JSON, from the element whose id is `dataId`. */
  readonly data: unknown
  readonly dataId: string
}

/** An HTML document that loads nothing: its policy forbids it, and allows no script but its own. */
export function oneFileDocument(
  { title, body, data, dataId }: OneFile,
  { styles, scripts, hash }: PageParts,
): string {
  const allowed = scripts.map(({ text }) => hash(inline(text))).join(' ')
  const policy = [
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'`,
    `script-src ${allowed}`,
    `base-uri 'none'; form-action 'none'`,
  ].join('; ')
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="gankit">',
    `<title>${escapeText(title)} – gankit</title>`,
    `<style>${styles.join('\n')}</style>`,
    '</head>',
    '<body>',
    ...body,
    `<script type="application/json" id="${dataId}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    ...scripts.map(
      ({ kind, text }) => `<script${kind === 'module' ? ' type="module"' : ''}>${inline(text)}</script>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** A script as it may stand in HTML, where these would end it or hide its end. */
function inline(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
}
