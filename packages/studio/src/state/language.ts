import { type Language, languages, preferredLanguage } from '@gankit/page-kit'
import { computed, effect, signal } from '@preact/signals'
import { en } from '../text/en.ts'
import { zh } from '../text/zh.ts'

const key = 'gankit-language'

function readLanguage(): Language {
  const wanted = new URLSearchParams(location.search).get('lang')
  const known = (value: string | null) => languages.find(each => each === value)
  try {
    return known(wanted) ?? known(localStorage.getItem(key)) ?? preferredLanguage(navigator.languages)
  } catch {
    return known(wanted) ?? preferredLanguage(navigator.languages) // A browser may refuse storage.
  }
}

export const language = signal<Language>(readLanguage())
export const text = computed(() => (language.value === 'zh' ? zh : en))

effect(() => {
  document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(key, language.value)
  } catch {
    // Then the choice lasts as long as the page.
  }
})
