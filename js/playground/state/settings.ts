// Language and appearance: what the page was told last, otherwise what the browser prefers.
import { createContext } from 'preact';
import { useContext, useLayoutEffect, useState } from 'preact/hooks';
import type { Bilingual } from '../../core/types';
import type { Messages } from '../content/en';
import { type Language, messages } from '../content/messages';
import { linked } from './link';

export type Theme = 'system' | 'light' | 'dark';

/** A page of file:// or one in a frame may have no storage, and says so by throwing. */
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
    // Then the next visit asks the browser again.
  }
}

const languageOf = (name: string | null | undefined): Language | undefined =>
  name ? (/^zh/i.test(name) ? 'zh' : 'en') : undefined;

export function useLanguage(): [Language, (language: Language) => void] {
  const [language, set] = useState<Language>(
    () => languageOf(linked().lang) ?? languageOf(remembered('language')) ?? languageOf(navigator.language) ?? 'en',
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

export const Spoken = createContext<Language>('en');

/** The texts, the language, and how to choose of a text in both. */
export function useMessages(): { t: Messages; language: Language; say: (text: Bilingual) => string } {
  const language = useContext(Spoken);
  return { t: messages[language], language, say: (text) => text[language] };
}
