import { installNative } from '../../src/node.ts'

// Installs with the options in the first argument; prints what is told, and what is installed or why nothing is.
const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`)
try {
  const installed = await installNative({
    ...JSON.parse(process.argv[2] ?? '{}'),
    signal: stopping.signal,
    onEvent: event => {
      if (!('bytes' in event)) print(event)
    },
  })
  print({ installed })
} catch (error) {
  const { name, message } = error as Error
  print({ failed: name, message })
}
