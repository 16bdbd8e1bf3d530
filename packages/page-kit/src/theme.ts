import { effect, signal } from '@preact/signals'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'gankit-theme'
const preferred = matchMedia('(prefers-color-scheme: dark)')
const systemIsDark = signal(preferred.matches)
preferred.addEventListener('change', ({ matches }) => {
  systemIsDark.value = matches
})

function readTheme(): Theme {
  try {
    return themes.find(theme => theme === localStorage.getItem(key)) ?? 'system'
  } catch {
    return 'system' // A browser may refuse storage.
  }
}

/** The colors that the reader chose. */
export const theme = signal<Theme>(readTheme())

/** Colors of pictures, as the style sheet has them now. */
export interface Palette {
  readonly ground: string
  readonly raised: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly data: string
  readonly generator: string
  readonly discriminator: string
  readonly fakeSide: string
  readonly font: string
}

export const palette = signal<Palette>(readPalette())

function readPalette(): Palette {
  const { documentElement: root } = document
  // A variable holds both colors of its pair; the color of an element is the one that counts now.
  const probe = root.appendChild(document.createElement('i'))
  const color = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colors = {
    ground: color('ground'),
    raised: color('raised'),
    ink: color('ink'),
    muted: color('muted'),
    line: color('line'),
    data: color('data'),
    generator: color('generator'),
    discriminator: color('discriminator'),
    fakeSide: color('fake-side'),
    font: getComputedStyle(root).getPropertyValue('--font').trim(),
  }
  probe.remove()
  return colors
}

effect(() => {
  const dark = theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
  try {
    if (theme.value === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme.value)
  } catch {
    // Then the choice lasts as long as the page.
  }
  palette.value = readPalette()
})
