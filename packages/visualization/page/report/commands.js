for (const code of document.querySelectorAll('.commands code')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '')
      button.textContent = 'Copied'
      setTimeout(() => {
        button.textContent = 'Copy'
      }, 2000)
    } catch {
      // Some browsers keep pages from disk off the clipboard. Then the command is selected, ready for Ctrl-C.
      getSelection()?.selectAllChildren(code)
    }
  })
  code.after(button)
}

export {}
