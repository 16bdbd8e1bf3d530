import { describe, expect, test } from 'vitest'
import { compareLevels } from '../gray-levels.ts'
import { draw, isSkipped, levelsOf, lines, settled, side, usePages, whySkipped } from './pages.ts'

/** Counts drawings that are sent to the worker and not answered, and the most at a time. */
const watchWorker = `
  window.most = 0
  window.Worker = class extends Worker {
    waiting = new Set()
    constructor(address) {
      super(address)
      this.addEventListener('message', ({ data }) => this.waiting.delete(data.id))
    }
    postMessage(question, ...more) {
      if (question.kind === 'draw') this.waiting.add(question.id)
      window.most = Math.max(window.most, this.waiting.size)
      super.postMessage(question, ...more)
    }
  }`

describe.skipIf(isSkipped)(`drawing on a page in Chromium${whySkipped}`, () => {
  const { open, expectTranslated } = usePages()

  test('a stroke changes the picture to what `sample` makes of the drawing; undo and redo go back and forth', async () => {
    const { page, faults } = await open({ input: lines }, { before: watchWorker })
    expect(page.workers()).toHaveLength(1)
    await expectTranslated(page)
    expect(await page.locator('#hint').isVisible()).toBe(true)
    const states = [await levelsOf(page, 'picture')]
    for (const places of [
      [
        [2, 3],
        [13, 3],
        [13, 12],
      ],
      [
        [4, 14],
        [4, 8],
      ],
    ] as [number, number][][]) {
      // prettier-ignore
      await draw(page, places)
      await expectTranslated(page)
      states.push(await levelsOf(page, 'picture'))
    }
    expect(compareLevels([states[1]!], [states[0]!])[0]).toBeGreaterThan(10)
    expect(compareLevels([states[2]!], [states[1]!])[0]).toBeGreaterThan(10)
    expect(await page.locator('#hint').isVisible()).toBe(false)
    const becomes = (state: number) =>
      expect.poll(() => levelsOf(page, 'picture'), { timeout: 60_000 }).toEqual(states[state])
    await page.keyboard.press('Control+z')
    await becomes(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await becomes(0)
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
    await page.keyboard.press('Control+Shift+z')
    await becomes(1)
    await page.getByRole('button', { name: 'Redo' }).click()
    await becomes(2)
    await page.getByRole('button', { name: 'Clear' }).click()
    await becomes(0)
    expect(await page.evaluate(() => Reflect.get(window, 'most'))).toBe(1)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('the picture follows a stroke that goes on, and undo takes that one away', async () => {
    const { page, faults } = await open({ input: lines })
    const before = await levelsOf(page, 'picture')
    await draw(
      page,
      [
        [2, 2],
        [14, 2],
        [14, 14],
      ],
      false,
    ) // prettier-ignore
    await expectTranslated(page)
    const drawn = await levelsOf(page, 'picture')
    expect(compareLevels([drawn], [before])[0]).toBeGreaterThan(10)
    await page.keyboard.press('Control+z')
    await expect.poll(() => levelsOf(page, 'picture'), { timeout: 60_000 }).toEqual(before)
    await page.mouse.up()
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('fingers and keys draw; without WebAssembly SIMD and WebGL a line says that it is slow', async () => {
    const before = `
      window.Worker = class { constructor() { throw new Error() } }
      WebAssembly.validate = () => false
      const get = OffscreenCanvas.prototype.getContext
      OffscreenCanvas.prototype.getContext = function (kind, ...more) {
        return kind.startsWith('webgl') ? null : get.call(this, kind, ...more)
      }`
    const { page } = await open(
      { input: lines },
      { before, context: { hasTouch: true, viewport: { width: 360, height: 740 } } },
    )
    await page.locator('#slow').waitFor({ timeout: 60_000 })
    expect(await page.locator('#slow').textContent()).toContain('neither WebAssembly SIMD nor WebGL')
    const box = (await page.locator('#drawing').boundingBox())!
    await page.touchscreen.tap(box.x + (3.5 * box.width) / side, box.y + (3.5 * box.height) / side)
    expect((await levelsOf(page, 'drawing'))[3 * side + 3]).toBe(0)
    await page.locator('#drawing').focus()
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space']) await page.keyboard.press(key)
    // The keys begin in the middle.
    expect((await levelsOf(page, 'drawing')).slice(8 * side + 8, 8 * side + 11)).toEqual([0, 0, 0])
    await settled(page)
    await expectTranslated(page)
    await page.context().close()
  })
})
