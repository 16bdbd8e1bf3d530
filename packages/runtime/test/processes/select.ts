import { selectBackend } from '../../src/node.ts'

// Prints the choice that is made for the options in the first argument.
const choice = await selectBackend(JSON.parse(process.argv[2] ?? '{}'))
process.stdout.write(`${JSON.stringify(choice)}\n`)
