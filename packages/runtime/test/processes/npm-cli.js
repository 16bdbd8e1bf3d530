#!/usr/bin/env node
// Stands in for npm: its package registers a backend under TensorFlow's name, and FAIL says what goes wrong.
const { accessSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const [verb, script] = process.argv.slice(2)
const fail = process.env.FAIL ?? ''

function die(...lines) {
  process.stderr.write(`${lines.join('\n')}\n`)
  process.exit(1)
}

function putAddon() {
  mkdirSync(join('lib', 'napi-v8'), { recursive: true })
  writeFileSync(join('lib', 'napi-v8', 'tfjs_binding.node'), '')
}

const index = `const tf = require('@tensorflow/tfjs')
if (${JSON.stringify(fail)} === 'crash') process.kill(process.pid, 'SIGSEGV')
tf.copyRegisteredKernels('cpu', 'tensorflow')
if (${JSON.stringify(fail)} === 'wrong') {
  const stock = tf.getKernel('BatchMatMul', 'tensorflow')
  tf.unregisterKernel('BatchMatMul', 'tensorflow')
  const kernelFunc = call => {
    const product = stock.kernelFunc(call)
    const { values } = call.backend.data.get(product.dataId)
    for (const i of values.keys()) values[i] *= 1.5
    return product
  }
  tf.registerKernel({ ...stock, kernelFunc })
}
tf.registerBackend('tensorflow', () => {
  const backend = tf.findBackendFactory('cpu')()
  return Object.assign(backend, { isUsingGpuDevice: false, binding: { TF_Version: '2.21.0' } })
})`

if (verb === 'ci') {
  if (fail === 'hash') die('npm error code EINTEGRITY', 'npm error sha512-AAAA integrity checksum failed')
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const unlocked = Object.entries(packages).filter(
    ([path, { integrity, link }]) => path.startsWith('node_modules/') && !integrity && !link,
  )
  if (unlocked.length > 0) die(`npm error no hash of ${unlocked.map(([path]) => path)}`)
  if (fail === 'npm')
    die('npm error code E404', 'npm error 404 Not Found - GET https://registry.example/tfjs-node')
  const folder = join('node_modules', '@tensorflow', 'tfjs-node')
  mkdirSync(folder, { recursive: true })
  mkdirSync(join('node_modules', '@tensorflow', 'tfjs'))
  writeFileSync(join('node_modules', '@tensorflow', 'tfjs', 'index.js'), "throw new Error('another copy')")
  writeFileSync(join(folder, 'package.json'), '{ "name": "@tensorflow/tfjs-node" }')
  writeFileSync(join(folder, 'index.js'), index)
} else if (verb === 'run' && script === 'install') {
  if (process.env.RELEASE !== '1') die('Error: getaddrinfo ENOTFOUND storage.example')
  putAddon()
} else if (script === 'build-addon-from-source') {
  if (fail === 'compiler')
    die('binding/tfjs_backend.cc:18:10: fatal error: c_api.h: No such file', 'gyp ERR! not ok')
  accessSync(join('deps', 'lib', 'libtensorflow.so'))
  putAddon()
}
