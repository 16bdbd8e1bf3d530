import { afterEach, expect, test } from 'vitest'
import { main } from '../../src/main.ts'
import { showPicture } from '../../src/terminal/pictures.ts'
import { refusal } from '../gankit.ts'

const names = [
  'GANKIT_PICTURES',
  'TERM',
  'TERM_PROGRAM',
  'LC_TERMINAL',
  'KITTY_WINDOW_ID',
  'TMUX',
  'STY',
  'ZELLIJ',
  'NO_COLOR',
  'FORCE_COLOR',
] as const
const before = Object.fromEntries(names.map(name => [name, process.env[name]]))
const setOnly = (values: Readonly<Record<string, string | undefined>>) => {
  for (const name of names) {
    const value = values[name]
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
afterEach(() => setOnly(before))

const stream = { isTTY: true, columns: 80, rows: 24 } as NodeJS.WriteStream
/** With control characters as visible ones. */
const visible = (text: string) => text.replaceAll('\x1b', '␛')
const shown = () => visible(showPicture(picture, stream))
const picture = { width: 8, height: 8, channels: 1, data: new Uint8Array(64) } as const

test('a picture is shown as the terminal announces, or as is asked for', () => {
  setOnly({ TERM: 'xterm-kitty' })
  expect(shown()).toMatch(/^␛_Ga=T,f=100/)
  setOnly({ TERM: 'xterm-kitty', TMUX: '1' })
  expect(showPicture(picture, stream)).not.toContain('_G')
  setOnly({ TERM: 'xterm', GANKIT_PICTURES: 'iterm' })
  expect(shown()).toMatch(/^␛\]1337;File=inline=1/)
  setOnly({ TERM: 'xterm', GANKIT_PICTURES: 'sixel' })
  expect(shown()).toMatch(/^␛P0;1q/)
  setOnly({ TERM: 'xterm-kitty', GANKIT_PICTURES: 'none' })
  expect(showPicture(picture, stream)).toBe('')
  setOnly({ TERM: 'xterm-kitty' })
  expect(showPicture(picture, { ...stream, isTTY: false } as NodeJS.WriteStream)).toBe('')
})

test('a terminal that knows kitty’s pictures gets them past the filter of control characters', async () => {
  setOnly({ TERM: 'xterm-kitty' })
  const texts: string[] = []
  const write = (text: string | Uint8Array) => texts.push(String(text))
  const terminal = { ...stream, write } as never
  const code = await main(['data', 'inspect', 'embedded'], { out: terminal, progress: terminal, exitCode: 0 })
  expect(code).toBe(0)
  expect(visible(texts.join(''))).toMatch(/␛_Ga=T,f=100,q=2,[cr]=\d+,m=[01];iVBORw0KGgo/)
})

test('another value of GANKIT_PICTURES is refused before anything is done', async () => {
  setOnly({ GANKIT_PICTURES: 'regis' })
  expect(await refusal('runs')).toBe(
    "[gankit/cli] GANKIT_PICTURES is 'regis', expected one of kitty, iterm, sixel, blocks, none: set it to one of these, or unset it",
  )
})
