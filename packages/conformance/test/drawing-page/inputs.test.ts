import { drawNoise } from '@gankit/inference'
import { encodePng, type Picture } from '@gankit/visualization'
import { describe, expect, test } from 'vitest'
import { savePicture } from '../exported-page.ts'
import { compareLevels } from '../gray-levels.ts'
import {
  colorsOf,
  draw,
  drawing,
  isSkipped,
  levelsOf,
  lines,
  settled,
  side,
  translator,
  usePages,
  whySkipped,
} from './pages.ts'

const labels = {
  kind: 'labels',
  palette: [
    { name: 'sky', color: [40, 125, 215] },
    { name: 'sea & sand', color: [235, 175, 60] },
    { name: 'tree', color: [60, 170, 115] },
  ],
} as const

describe.skipIf(isSkipped)(`what one draws a page with, in Chromium${whySkipped}`, () => {
  const { open, halve, expectTranslated } = usePages()

  test('it starts from a drawing that it holds; the eraser takes ink away; all is saved as shown', async () => {
    const examples = [1, 2, 3].map(seed => encodePng(drawing(seed)))
    const { page, faults } = await open({ input: lines, examples, origin: { license: 'CC0 <1.0>' } })
    expect(await levelsOf(page, 'drawing')).toEqual(grayOf(drawing(1)))
    await page.getByRole('button', { name: 'Start 3' }).click()
    await settled(page)
    expect(await levelsOf(page, 'drawing')).toEqual(grayOf(drawing(3)))
    await expectTranslated(page)
    await page.getByRole('button', { name: 'Surprise me' }).click()
    await settled(page)
    const surprise = await levelsOf(page, 'drawing')
    const known = [1, 2, 3].map(seed => grayOf(drawing(seed))).flatMap(rows => [rows, mirror(rows)])
    expect(known).toContainEqual(surprise)
    await page.getByRole('button', { name: 'Eraser' }).click()
    await page.getByRole('button', { name: 'Thick' }).click()
    await draw(page, [
      [0, 8],
      [16, 8],
    ]) // prettier-ignore
    const erased = await levelsOf(page, 'drawing')
    expect(erased.slice(8 * side, 9 * side)).toEqual(Array<number>(side).fill(255))
    for (const [button, id, name] of [
      ['Save picture', 'picture', 'small-square-picture.png'],
      ['Save drawing', 'drawing', 'small-square-drawing.png'],
    ] as const) {
      const { file, levels } = await savePicture(page, button)
      expect(file).toBe(name)
      expect(levels).toEqual(await levelsOf(page, id))
    }
    const both = await savePicture(page, 'Save both')
    expect(both.file).toBe('small-square-both.png')
    expect(both.levels).toHaveLength(384 * 768)
    expect(await page.locator('dl').textContent()).toMatch(/^\s*LicenseCC0 <1.0>\s*$/)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('labels are painted in whole pixels and filled; a picture that is dropped gets their colors', async () => {
    const { page, faults } = await open({ input: labels })
    const at = async (x: number, y: number) => {
      const colors = await colorsOf(page, 'drawing')
      return colors.slice(3 * (y * side + x), 3 * (y * side + x) + 3)
    }
    expect(await at(1, 1)).toEqual(labels.palette[0].color)
    await draw(page, [
      [0.5, 8],
      [15.5, 8],
    ]) // prettier-ignore
    await page.getByRole('button', { name: 'tree' }).click()
    await page.getByRole('button', { name: 'Fill' }).click()
    await draw(page, [[5, 14]])
    expect([await at(3, 1), await at(3, 8), await at(3, 15)]).toEqual(
      labels.palette.map(({ color }) => color),
    )
    await expectTranslated(page)
    // A picture from outside has other colors, of which the nearest ones are taken.
    const gray = { width: side, height: side, channels: 3, data: new Uint8Array(3 * side * side).fill(120) }
    await page.locator('#file').setInputFiles({
      name: 'gray.png',
      mimeType: 'image/png',
      buffer: Buffer.from(encodePng(gray as Picture)),
    })
    await expect.poll(() => at(3, 1), { timeout: 60_000 }).toEqual([...labels.palette[2].color])
    await page
      .locator('#file')
      .setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') })
    await expect
      .poll(() => page.locator('#error').textContent())
      .toBe('notes.txt is no picture that this browser can show.')
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('a generator with noise has other answers, those of the next seeds', async () => {
    const noisy = await halve(translator(4))
    const { page, faults } = await open({ examples: [encodePng(drawing(1))] }, {}, noisy)
    await expectTranslated(page, noisy, drawNoise(noisy, 1, 0))
    const first = await levelsOf(page, 'picture')
    await page.getByRole('button', { name: 'Another answer' }).click()
    await settled(page)
    await expectTranslated(page, noisy, drawNoise(noisy, 1, 1))
    expect(compareLevels([await levelsOf(page, 'picture')], [first])[0]).toBeGreaterThan(2)
    expect(await page.getByRole('button', { name: 'Brush' }).count()).toBe(0)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test('of no picture nothing is made or saved, and on a phone the time is told whole', async () => {
    const context = { viewport: { width: 360, height: 700 } } as const
    const { page, faults } = await open({ input: { kind: 'pictures' } }, { context })
    const saves = page.locator('.saves button')
    const isTransparent = () =>
      page.locator('#picture').evaluate(canvas => {
        const { width, height } = canvas as HTMLCanvasElement
        // Chromium warns of a canvas that is read often.
        const context = new OffscreenCanvas(width, height).getContext('2d')!
        context.drawImage(canvas as HTMLCanvasElement, 0, 0)
        const { data } = context.getImageData(0, 0, width, height)
        return data.every(value => value === 0)
      })
    expect(await isTransparent()).toBe(true)
    expect(await saves.evaluateAll(all => all.map(one => (one as HTMLButtonElement).disabled))).toEqual([
      true,
      true,
      true,
    ])
    await page.locator('#file').setInputFiles({
      name: 'mine.png',
      mimeType: 'image/png',
      buffer: Buffer.from(encodePng(drawing(1))),
    })
    await expect.poll(isTransparent, { timeout: 60_000 }).toBe(false)
    await expectTranslated(page)
    expect(await saves.first().isDisabled()).toBe(false)
    const [end, edge] = await page.locator('.made h2').evaluate(title => {
      const output = title.querySelector('output')!
      output.textContent = 'made in 12345 ms'
      return [output, title].map(one => one.getBoundingClientRect().right)
    })
    expect(end).toBeLessThanOrEqual(edge!)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(isTransparent, { timeout: 60_000 }).toBe(true)
    expect(await saves.first().isDisabled()).toBe(true)
    expect(faults).toEqual([])
    await page.context().close()
  })

  test.each(['light', 'dark'] as const)('%s: fits a phone, and speaks Chinese', async colorScheme => {
    const context = { viewport: { width: 360, height: 740 }, colorScheme, locale: 'zh-CN' } as const
    const { page } = await open({ input: labels, examples: [encodePng(drawing(1))] }, { context })
    const [width, ground] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      getComputedStyle(document.body).backgroundColor,
    ])
    expect(width).toBe(360)
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)')
    expect(await page.getByRole('button', { name: '随便来一张' }).count()).toBe(1)
    await page.context().close()
  })
})

const grayOf = ({ data }: Picture) => Array.from(data).filter((_, i) => i % 3 === 0)
const mirror = (rows: number[]) => rows.map((_, i) => rows[i - (i % side) + side - 1 - (i % side)]!)
