import { conditionSize } from './condition-size.js'
import { data, element } from './data.js'

/**
 * Lists from which the reader chooses a value for each condition of the generator.
 * @param {(encoded: Float32Array) => void} onChange gets the chosen values, one-hot for each condition
 */
export const createConditions = onChange => {
  const { conditions = [], size } = data.latent
  const container = conditions.length > 0 ? element('conditions', HTMLDivElement) : undefined
  const lists = conditions.map(({ name, values }) => {
    const list = document.createElement('select')
    for (const value of values) list.append(new Option(value))
    list.addEventListener('change', report)
    const label = document.createElement('label')
    const text = document.createElement('span')
    text.textContent = name
    label.append(text, list)
    container?.append(label)
    return list
  })
  function report() {
    const encoded = lists.flatMap(list =>
      Array.from(list.options, (_, i) => Number(i === list.selectedIndex)),
    )
    onChange(Float32Array.from(encoded))
  }
  return {
    /** Selects the values of a latent; between two samples, the ones with the largest share. @param {Float32Array} latent */
    show: latent => {
      let at = size - conditionSize(data.latent)
      for (const list of lists) {
        const numbers = latent.subarray(at, at + list.options.length)
        list.selectedIndex = numbers.indexOf(Math.max(...numbers))
        at += list.options.length
      }
    },
  }
}
