// Runs a tool of this checkout, such as `turbo run build`, for the scripts in package.json; installs first what is missing.
import { checkNode, install, run } from './toolchain.js'

checkNode()
install({ tests: true })
const [command, ...words] = process.argv.slice(2)
process.exitCode = run(command, words)
