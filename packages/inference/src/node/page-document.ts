/** What a page of one kind has of its own. */
export interface PageBody<Data = object> {
  /** What its scripts read, as JSON, beside the network. */
  readonly data: Data
  /** What the page is, for readers without scripts. */
  readonly about: string
  /** The lines of HTML inside of its main part, in which words are named, and not written. */
  readonly main: readonly string[]
  /** Files of `page/`: styles, and modules in an order in which each comes after those that it imports. */
  readonly styles: readonly string[]
  readonly modules: readonly string[]
}

/** What stands in the page as it is. */
export interface PageParts {
  readonly title: string
  /** The page's own, for readers without scripts. */
  readonly about: string
  /** The lines of HTML inside of its main part. */
  readonly main: readonly string[]
  readonly style: string
  /** The module that runs in the page. */
  readonly script: string
  /** The classic script that runs in a worker, or in the page; it stands among the packed parts. */
  readonly engine: string
  /** Bytes in base64, by the id of their element. */
  readonly packed: Readonly<Record<string, string>>
  /** A comment for whoever reads the page's source. */
  readonly notice: string
  /** The source of a Content-Security-Policy for a script: 'sha256-…', quotes included. */
  hash(script: string): string
}

/** A generator as one HTML document that loads nothing: its policy forbids it, and allows no script but its own. */
export function pageDocument(
  data: object,
  { title, about, main, style, script, engine, packed, notice, hash }: PageParts,
): string {
  const allowed = [escapeScript(script), engine].map(hash).join(' ')
  const policy = [
    `default-src 'none'; img-src data:; style-src 'unsafe-inline'`,
    // A worker of a page from disk starts from a blob, and so does its WebAssembly.
    `script-src ${allowed} 'wasm-unsafe-eval'; worker-src blob:; connect-src blob:`,
    `base-uri 'none'; form-action 'none'`,
  ].join('; ')
  return [
    '<!doctype html>',
    `<!-- ${notice} -->`,
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="gankit">',
    `<title>${escapeText(title)} – gankit</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    ...header(title, about),
    '<main id="work" hidden inert>',
    ...main,
    '</main>',
    `<script type="application/json" id="generator-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    // It runs before the packed parts have come, and shows the places of the samples.
    `<script type="module" async>${escapeScript(script)}</script>`,
    ...Object.entries(packed).map(
      ([id, base64]) => `<script type="application/octet-stream" id="${id}">${base64}</script>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

// The page puts words in, in the reader's language; only those for readers without scripts stand here.
function header(title: string, about: string): string[] {
  return [
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    `<p class="subtitle" data-text="about">${about}</p>`,
    '<p id="error" role="alert" hidden></p>',
    '<noscript><p class="subtitle">The generator runs in this page: allow scripts to see what it makes.</p></noscript>',
    '</header>',
  ]
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as HTML shows it. */
export function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, character => entities[character]!)
}

/** A script as it may stand in HTML, where these would end it or hide its end. */
function escapeScript(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
}
