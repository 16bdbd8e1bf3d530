import type { JSX } from 'preact'
import { type Language, languages } from './language.ts'
import { theme, themes } from './theme.ts'

const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' }

const words = {
  en: { language: 'Language', colors: 'Colors', system: 'as the system', light: 'light', dark: 'dark' },
  zh: { language: '语言', colors: '配色', system: '跟随系统', light: '浅色', dark: '深色' },
} as const

interface Props {
  readonly language: Language
  onLanguage(language: Language): void
}

/** Language and colors of a page. */
export function Choices({ language, onLanguage }: Props): JSX.Element {
  const names = words[language]
  return (
    <div class="choices">
      <select
        aria-label={language === 'en' ? names.language : `${names.language} / Language`}
        value={language}
        onChange={({ currentTarget }) =>
          onLanguage(languages.find(each => each === currentTarget.value) ?? language)
        }
      >
        {languages.map(each => (
          <option key={each} value={each} lang={each}>
            {languageNames[each]}
          </option>
        ))}
      </select>
      <select
        aria-label={names.colors}
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = themes.find(each => each === currentTarget.value) ?? 'system'
        }}
      >
        {themes.map(each => (
          <option key={each} value={each}>
            {names[each]}
          </option>
        ))}
      </select>
    </div>
  )
}
