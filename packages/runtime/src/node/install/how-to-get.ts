import { readFileSync } from 'node:fs'

/** Programs that an install needs. */
export type Need = 'python' | 'pip' | 'compiler' | 'make' | 'npm'

const packageManagers = {
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

/** The shell commands that install missing programs. */
export function suggestInstall(needs: readonly Need[], platform: string = process.platform): string {
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
  const packageManager = packageManagers[detectPackageManager(readOsRelease())]
  return `${packageManager.command} ${needs.map(need => packageManager[need]).join(' ')}`
}

/** The package manager of a Linux distribution, by its os-release file. */
export function detectPackageManager(release: string): keyof typeof packageManagers {
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(match => match[1]!.split(' '))
  const is = (...names: string[]) => names.some(name => ids.includes(name))
  if (is('fedora', 'rhel', 'centos')) return 'dnf'
  if (is('arch')) return 'pacman'
  if (is('suse', 'opensuse')) return 'zypper'
  return 'apt'
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}
