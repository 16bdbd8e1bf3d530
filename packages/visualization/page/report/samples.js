/** @type {{ grids: { step: number, source: string }[] }} */
const { grids } = JSON.parse(document.getElementById('run-data')?.textContent ?? '')
const picture = document.querySelector('.samples .fake img')
const time = document.querySelector('.samples .time')
const slider = time?.querySelector('input')
const button = time?.querySelector('button')
const output = time?.querySelector('output')

if (
  picture instanceof HTMLImageElement &&
  time instanceof HTMLElement &&
  slider instanceof HTMLInputElement &&
  button instanceof HTMLButtonElement &&
  output
) {
  let timer = 0
  const show = () => {
    const grid = grids[slider.valueAsNumber]
    if (!grid) return
    const step = grid.step.toLocaleString('en')
    picture.src = grid.source
    picture.alt = `Samples after step ${step}`
    output.textContent = `step ${step}`
    slider.setAttribute('aria-valuetext', `step ${step}`)
  }
  const stop = () => {
    clearInterval(timer)
    timer = 0
    button.textContent = 'Play'
  }
  const advance = () => {
    if (slider.valueAsNumber >= grids.length - 1) return stop()
    slider.valueAsNumber += 1
    show()
  }
  slider.addEventListener('input', () => {
    stop()
    show()
  })
  button.addEventListener('click', () => {
    if (timer) return stop()
    if (slider.valueAsNumber >= grids.length - 1) slider.valueAsNumber = 0
    show()
    button.textContent = 'Pause'
    // The whole run takes about ten seconds, with at least 80 ms for each grid.
    timer = setInterval(advance, Math.min(500, Math.max(80, 10_000 / grids.length)))
  })
  time.hidden = false
  show()
}

// Makes this file a module, whose names are not global.
export {}
