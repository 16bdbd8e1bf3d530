/** Lines have so many colours before they repeat. */
export const hues = 4

/** Colours of lines on a light background and on a dark one, as custom properties of CSS. */
export const hueProperties = (scheme: 'light' | 'dark'): string =>
  (scheme === 'light' ? light : dark).map((colour, i) => `--hue-${i}:${colour};`).join('')

// Told apart with any colour vision, each with enough contrast on its background.
const light = ['#2463c4', '#c2500f', '#1d7f4e', '#8a46b0']
const dark = ['#7fb0ff', '#ff9f66', '#5fcf94', '#d29bf0']

const linesOf = (colours: readonly string[]) =>
  colours.map((colour, i) => `.gankit-curve .hue-${i}{stroke:${colour}}`).join('')

/** How an SVG of curves looks; dark where the reader's scheme is. */
export const curveStyle: string = [
  '.gankit-curve text{font:12px system-ui,sans-serif;fill:#4b5563}',
  '.gankit-curve .grid{stroke:#e5e7eb}',
  '.gankit-curve .level{stroke:#9ca3af;stroke-dasharray:4 4}',
  '.gankit-curve .line{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}',
  linesOf(light),
  '@media(prefers-color-scheme:dark){',
  '.gankit-curve text{fill:#a8b0bd}',
  '.gankit-curve .grid{stroke:#2a303a}',
  '.gankit-curve .level{stroke:#6b7280}',
  linesOf(dark),
  '}',
].join('')
