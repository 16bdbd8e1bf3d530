import { element } from '../element.js'
import { paint } from '../generator.js'
import { translateWord } from './words.js'

/**
 * Shows what the generator makes of the drawing. One picture is made at a time; of drawings that came meanwhile the latest is next.
 * @param {() => import('../engine/generator.js').Input | undefined} read the drawing as it is now; undefined while there is none
 */
export const createTranslation = read => {
  const picture = element('picture', HTMLCanvasElement)
  const status = element('status', HTMLOutputElement)
  /** @type {((inputs: import('../engine/generator.js').Input[]) => Promise<ImageData[]>) | undefined} */
  let draw
  let isWanted = false
  let isRunning = false

  const update = async () => {
    isWanted = true
    picture.setAttribute('aria-busy', 'true')
    if (!draw || isRunning) return
    isRunning = true
    while (isWanted) {
      isWanted = false
      const start = performance.now()
      const input = read()
      if (!input) {
        picture.getContext('2d')?.clearRect(0, 0, picture.width, picture.height)
        status.textContent = ''
        continue
      }
      for (const image of await draw([input])) paint(picture, image)
      status.textContent = translateWord('drawn', { ms: Math.round(performance.now() - start) })
    }
    isRunning = false
    picture.setAttribute('aria-busy', 'false')
  }
  status.textContent = translateWord('opening')
  return {
    picture,
    update,
    /** Makes a picture, and all later ones, by this function. @param {NonNullable<typeof draw>} by */
    start: by => {
      draw = by
      return update()
    },
  }
}
