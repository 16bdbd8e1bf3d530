import { attributes, element } from './data.js'

/**
 * A list of values for each attribute of the generator.
 * @param {(condition: Float32Array) => void} onChoose gets the one-hot numbers of the values that the reader has chosen
 */
export const createConditionLists = onChoose => {
  const place = attributes.length > 0 ? element('attributes', HTMLDivElement) : undefined
  const lists = attributes.map(({ name, values }) => {
    const list = document.createElement('select')
    for (const value of values) list.append(new Option(value))
    list.addEventListener('change', choose)
    const label = document.createElement('label')
    const text = document.createElement('span')
    text.textContent = name
    label.append(text, list)
    place?.append(label)
    return list
  })
  function choose() {
    const numbers = lists.flatMap(list =>
      Array.from(list.options, (_, i) => Number(i === list.selectedIndex)),
    )
    onChoose(Float32Array.from(numbers))
  }
  return {
    /** Shows the values of a condition; of a mixture of two, the larger share. @param {Float32Array} condition */
    show: condition => {
      let at = 0
      for (const list of lists) {
        const numbers = condition.subarray(at, at + list.options.length)
        list.selectedIndex = numbers.indexOf(Math.max(...numbers))
        at += list.options.length
      }
    },
  }
}
