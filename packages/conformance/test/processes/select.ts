import { selectBackend } from '@gankit/runtime/node'

// Prints the backend that is chosen where the first argument is asked for, or the error; then the process should end.
const [backend = 'auto'] = process.argv.slice(2)
const choice = await selectBackend({ backend }).catch(error => ({ error: (error as Error).message }))
process.stdout.write(`\n${JSON.stringify(choice)}`)
