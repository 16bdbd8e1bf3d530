// Installs what is needed, then type-checks, lints, checks the imports and runs every test. Ends with one line of counts.
// With a folder, it runs that package's tests alone: `npm test -- packages/metrics sanity`.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { checkNode, install, root, run, runBeside, twoAtATime } from './toolchain.js'

checkNode()
install({ tests: true })
const [folder, ...words] = process.argv.slice(2)
if (folder) process.exit(run('vitest', ['run', ...words], folder))

// Packages whose tsconfig.json is another than that of most, which tsconfig.node.json checks as one program.
const checkedAlone = ['studio', 'page-kit', 'wasm-kernels', 'playground', 'examples']
const checks = {
  typecheck: () =>
    Math.max(
      run('tsc', ['--project', '../../tsconfig.node.json'], 'packages/cli'),
      run('turbo', [
        'run',
        'typecheck',
        ...checkedAlone.map(name => `--filter=@gankit/${name}`),
        '--output-logs=errors-only',
        '--continue=always',
      ]),
    ),
  lint: () => run('biome', ['check', '.']),
  words: () => run('node', ['scripts/check-words.js']),
  'commands in the documentation': () => run('node', ['scripts/check-commands.js']),
  'import rules': () => run('depcruise', ['packages', 'apps', 'bench', 'examples']),
  'unused code': () => run('knip', []),
  build: () => run('turbo', ['run', 'build', '--output-logs=errors-only', '--continue=always']),
}
let [passed, failed] = [0, 0]
const oneAtATime = ['--output-logs=errors-only', '--continue=always', '--concurrency=1']
for (const [name, check] of Object.entries(checks)) {
  const ok = check() === 0
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  ok ? passed++ : failed++
}

// Each package's tests leave a report; turbo brings back those of packages that have not changed.
const packages = [
  ...['packages', 'apps'].flatMap(group => readdirSync(`${root}/${group}`).map(name => `${group}/${name}`)),
  'bench',
  'examples',
]
const reportOf = folder => `${root}/${folder}/.results/vitest.json`
for (const folder of packages) rmSync(reportOf(folder), { force: true })
const ran = await runTests()
for (const folder of packages) {
  if (!existsSync(`${root}/${folder}/package.json`)) continue
  if (!existsSync(reportOf(folder))) {
    console.log(`✗ the tests of ${folder} did not run`)
    failed++
    continue
  }
  const report = JSON.parse(readFileSync(reportOf(folder), 'utf8'))
  const { numPassedTests, numFailedTests, numFailedTestSuites } = report
  const tests = report.testResults.flatMap(file => file.assertionResults)
  for (const { fullName, failureMessages } of tests.filter(({ status }) => status === 'failed'))
    console.log(`✗ ${folder}: ${fullName}: ${failureMessages[0]?.split('\n')[0]}`)
  for (const { name, status, assertionResults, message } of report.testResults)
    if (status === 'failed' && assertionResults.length === 0)
      console.log(
        `✗ ${folder}: ${relative(`${root}/${folder}`, name)} could not be loaded: ${message.split('\n')[0]}`,
      )
  passed += numPassedTests
  // A file that could not be loaded has no tests to fail.
  failed += numFailedTests || (numFailedTestSuites > 0 ? 1 : 0)
}
if (ran !== 0 && failed === 0) failed++

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

/**
 * Tests two packages at a time. Those that take longest begin first, so that none of them is what all wait for in the end:
 * turbo by itself begins with packages that import no other.
 */
async function runTests() {
  const long = ['conformance', 'cli', 'runtime', 'datasets', 'metrics', 'trainer'].map(
    name => `@gankit/${name}`,
  )
  // The others are one task, among the long ones in order of length.
  const tasks = long.map(name => [`--filter=${name}`])
  tasks.splice(3, 0, ['--filter=*', ...long.map(name => `--filter=!${name}`)])
  let worst = 0
  await twoAtATime(tasks, async task => {
    worst = Math.max(worst, await runBeside('turbo', ['run', 'test', ...task, ...oneAtATime]))
  })
  return worst
}
