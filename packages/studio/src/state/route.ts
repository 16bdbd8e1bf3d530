import { computed, signal } from '@preact/signals'
import { type CatalogApp, findApp } from '../apps/catalog.ts'

export const tabs = ['draw', 'train'] as const
export type Tab = (typeof tabs)[number]

/** Where the page is: `#/face-generation/train`; an address without an app is the start. */
export interface Route {
  readonly app: CatalogApp | undefined
  readonly tab: Tab
}

const hash = signal(location.hash)
addEventListener('hashchange', () => {
  hash.value = location.hash
})

export const route = computed((): Route => {
  const [, name, tab] = hash.value.split('/')
  return { app: findApp(name), tab: tabs.find(each => each === tab) ?? 'draw' }
})

export const linkTo = (app?: string, tab: Tab = 'draw'): string =>
  app === undefined ? '#/' : `#/${app}${tab === 'draw' ? '' : `/${tab}`}`
