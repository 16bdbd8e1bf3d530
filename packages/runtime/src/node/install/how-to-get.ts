import { readFileSync } from 'node:fs'

/** The things that an install may miss. */
export type Need = 'python' | 'pip' | 'compiler' | 'make' | 'npm'

const packagers = {
  apt: {
    command: 'sudo apt install',
    python: 'python3',
    pip: 'python3-pip',
    compiler: 'g++',
    make: 'make',
    npm: 'npm',
  },
  dnf: {
    command: 'sudo dnf install',
    python: 'python3',
    pip: 'python3-pip',
    compiler: 'gcc-c++',
    make: 'make',
    npm: 'npm',
  },
  pacman: {
    command: 'sudo pacman -S',
    python: 'python',
    pip: 'python-pip',
    compiler: 'gcc',
    make: 'make',
    npm: 'npm',
  },
  zypper: {
    command: 'sudo zypper install',
    python: 'python3',
    pip: 'python3-pip',
    compiler: 'gcc-c++',
    make: 'make',
    npm: 'npm',
  },
} as const

const visualStudio =
  'winget install Microsoft.VisualStudio.2022.BuildTools --override "--add Microsoft.VisualStudio.Workload.VCTools"'

/** What to type for what is missing. */
export function howToGet(needs: readonly Need[], platform: string = process.platform): string {
  if (platform === 'darwin') {
    const other = needs
      .filter(need => need === 'npm')
      .map(() => 'install Node from nodejs.org, which brings npm')
    return [...(needs.length > other.length ? ['xcode-select --install'] : []), ...other].join('; ')
  }
  if (platform === 'win32') {
    const python = 'winget install Python.Python.3.13'
    const tools = { python, pip: python, npm: 'winget install OpenJS.NodeJS.LTS' }
    return [...new Set(needs.map(need => tools[need as keyof typeof tools] ?? visualStudio))].join('; ')
  }
  const packager = packagers[packagerOf(releaseFile())]
  return `${packager.command} ${needs.map(need => packager[need]).join(' ')}`
}

/** The package manager of a Linux, by its os-release file. */
export function packagerOf(release: string): keyof typeof packagers {
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(match => match[1]!.split(' '))
  const is = (...names: string[]) => names.some(name => ids.includes(name))
  if (is('fedora', 'rhel', 'centos')) return 'dnf'
  if (is('arch')) return 'pacman'
  if (is('suse', 'opensuse')) return 'zypper'
  return 'apt'
}

function releaseFile(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}
