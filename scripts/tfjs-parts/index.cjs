// Stands for @tensorflow/tfjs in a checkout that has what a run needs and no more: the package of that name is 124 MB of
// bundles beside the parts that it only puts together. Where tests are installed, packages have the package itself.
const core = require('@tensorflow/tfjs-core')
const layers = require('@tensorflow/tfjs-layers')
const converter = require('@tensorflow/tfjs-converter')
const cpu = require('@tensorflow/tfjs-backend-cpu')
// Made by scripts/compile.js.
require('./dist/registrations.cjs')
const { version } = require('./package.json')

module.exports = {
  ...core,
  ...layers,
  ...converter,
  ...cpu,
  version: {
    'tfjs-core': core.version_core,
    'tfjs-backend-cpu': cpu.version_cpu,
    'tfjs-layers': layers.version_layers,
    'tfjs-converter': converter.version_converter,
    tfjs: version,
  },
}
