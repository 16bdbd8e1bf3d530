import { expect, test } from 'vitest'
import { openLiveArea } from '../../src/terminal/live-area.ts'

/** A terminal of so many columns, as far as `live-area.ts` uses one. @returns its lines, and a stream */
function fakeTerminal({ isTTY = true, columns = 20 } = {}) {
  const rows = ['']
  let at = 0
  const write = (text: string | Uint8Array) => {
    for (const [token] of String(text)
      .replaceAll('\x1b', '␛')
      .matchAll(/␛\[\d*[AKJ]|[\s\S]/g)) {
      const [, count, what] = /^␛\[(\d*)([AKJ])$/.exec(token) ?? []
      if (what === 'A') at -= Number(count)
      else if (what === 'K') rows[at] = ''
      else if (what === 'J') rows.splice(at, rows.length, '')
      else if (token === '\n') rows[++at] ??= ''
      else if (token !== '\r') rows[at] += token
    }
    return true
  }
  return { rows, stream: { isTTY, columns, rows: 24, write } as unknown as NodeJS.WriteStream }
}

test('a picture and a line are drawn anew in place, and notes stay above', () => {
  const { rows, stream } = fakeTerminal()
  const area = openLiveArea(stream)
  area.showLine('1/9')
  area.showPicture('ab\ncd')
  expect(rows).toEqual(['ab', 'cd', '1/9'])
  area.showLine('2/9')
  area.print('Doctor')
  expect(rows).toEqual(['Doctor', 'ab', 'cd', '2/9'])
  area.showPicture('ef\ngh\nij')
  area.showLine('3/9')
  expect(rows).toEqual(['Doctor', 'ef', 'gh', 'ij', '3/9'])
  area.end(false)
  expect(rows).toEqual(['Doctor', '3/9', ''])
})

test('a picture stays at the end where that is wanted', () => {
  const { rows, stream } = fakeTerminal()
  const area = openLiveArea(stream)
  area.showPicture('ab')
  area.showLine('9/9')
  area.end(true)
  expect(rows).toEqual(['ab', '9/9', ''])
})

test('after the terminal has got another width, what was drawn stays', () => {
  const { rows, stream } = fakeTerminal()
  const area = openLiveArea(stream)
  area.showPicture('ab')
  stream.columns = 30
  area.showPicture('cd')
  expect(rows).toEqual(['ab', 'cd'])
})

test('in a log each line is one, and there are no pictures', () => {
  const { rows, stream } = fakeTerminal({ isTTY: false })
  const area = openLiveArea(stream)
  expect([area.isTTY, area.hasRoomFor(1)]).toEqual([false, false])
  area.showPicture('ab')
  area.showLine('1/9')
  area.print('Doctor')
  area.showLine('2/9')
  area.end(true)
  expect(rows).toEqual(['1/9', 'Doctor', '2/9', ''])
})
