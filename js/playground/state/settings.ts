// Language and appearance: the user's last choice, otherwise the preference of the browser.
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import type { Bilingual } from '../../core/types';
import type { Messages } from '../content/en';
import { type Language, messages } from '../content/messages';
import { addressParameters } from './link';

export type Theme = 'system' | 'light' | 'dark';

/** Returns a stored choice. A page of file:// or in a frame may have no storage; reading it then throws. */
function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`mp-phone-${key}`);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`mp-phone-${key}`, value);
  } catch {
    // Without storage, the next visit uses the preference of the browser again.
  }
}

const languageOf = (name: string | null | undefined): Language | undefined =>
  name ? (/^zh/i.test(name) ? 'zh' : 'en') : undefined;

export function useLanguage(): [Language, (language: Language) => void] {
  const [language, set] = useState<Language>(
    () =>
      languageOf(addressParameters().lang) ??
      languageOf(remembered('language')) ??
      languageOf(navigator.language) ??
      'en',
  );
  useLayoutEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = `mp-phone ${messages[language].title}`;
  }, [language]);
  return [language, (chosen) => (remember('language', chosen), set(chosen))];
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, set] = useState<Theme>(
    () => (['light', 'dark'] as const).find((name) => name === remembered('theme')) ?? 'system',
  );
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return [theme, (chosen) => (remember('theme', chosen), set(chosen))];
}

export const LanguageContext = createContext<Language>('en');

/** Returns the texts of the page, the language, and a function that selects the language of a bilingual text. */
export function useMessages(): { t: Messages; language: Language; say: (text: Bilingual) => string } {
  const language = useContext(LanguageContext);
  return { t: messages[language], language, say: (text) => text[language] };
}
