import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

/** An empty folder, which is deleted after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function mount(folder: string, limits: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', limits, 'tmpfs', folder]).status === 0
}

/** Whether this process can mount disks, as root on Linux usually can. */
export const canMount: boolean = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'gankit-mount-'))
  const mounted = mount(folder, 'size=64k')
  if (mounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true, force: true })
  return mounted
})()

/** A disk with limits such as `size=64k` or `nr_inodes=4`, which is unmounted after the test. */
export function smallDisk(limits: string): string {
  const folder = scratch()
  expect(mount(folder, limits)).toBe(true)
  // Runs before the folder is removed.
  onTestFinished(() => void spawnSync('umount', [folder]))
  return folder
}

/** The paths of every file and folder below a folder, sorted. */
export function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}
