/** Styles and scripts of a page, which stand in it as they are. */
export interface PageAssets {
  readonly styles: readonly string[]
  readonly scripts: readonly { readonly kind: 'classic' | 'module'; readonly text: string }[]
  /** @returns the source expression of a script for a Content-Security-Policy: 'sha256-…', with its quotes */
  hash(script: string): string
}

/** The content of a page that is one file. */
export interface PageContent {
  readonly title: string
  /** Lines of markup before the scripts. */
  readonly body: readonly string[]
  /** Whether the scripts compile WebAssembly that is in the page's data. Default false. */
  readonly wasm?: boolean
  /** The scripts' data, which they read as JSON from the element whose id is `dataId`. */
  readonly data: unknown
  readonly dataId: string
}

/**
 * An HTML document that loads nothing from the network: its Content-Security-Policy forbids it, and allows no scripts but
 * those of `scripts`.
 */
export function renderDocument(
  { title, body, data, dataId, wasm = false }: PageContent,
  { styles, scripts, hash }: PageAssets,
): string {
  const allowed = scripts.map(({ text }) => hash(escapeScript(text))).join(' ')
  const policy = [
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'`,
    wasm ? `script-src ${allowed} 'wasm-unsafe-eval'; connect-src data:` : `script-src ${allowed}`,
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
      ({ kind, text }) =>
        `<script${kind === 'module' ? ' type="module"' : ''}>${escapeScript(text)}</script>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

/** A script without the character sequences that would end it in HTML, or hide its end. */
function escapeScript(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text for HTML and XML, in elements and in quoted attributes. Control characters, which XML can't hold, are removed. */
export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character]!).replaceAll(/[^\P{Cc}\t\n]/gu, '')
}
