// `npm run install-into -- FOLDER`: packs the packages as they would be published, and installs them into the project there.
import { resolve } from 'node:path'
import { installPackages } from './installed-project.js'
import { checkNode, install } from './toolchain.js'

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Into which project? npm run install-into -- ../my-gan')
  process.exit(2)
}
checkNode()
install({ tests: true })
const project = resolve(folder)
console.error(`Building and packing the packages for ${project} …`)
installPackages(project, (name, ok) => {
  if (ok) return
  console.error(`✗ ${name}: the lines above say why`)
  process.exit(1)
})
console.log(`The packages of gankit and TensorFlow.js are installed in ${project}.`)
