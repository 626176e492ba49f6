import { Option } from 'commander';

export type Language = 'en' | 'zh';

export const lang = (): Option =>
  new Option('--lang <language>', 'language of the text (default: from the locale)').choices(['en', 'zh']);

/** The language of the option, or of the locale. */
export function languageOf(option: string | undefined): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = option ?? (LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale);
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** Returns a function that takes a text in both languages and returns the text in the chosen language. */
export const text =
  (language: Language) =>
  (en: string, zh: string): string =>
    language === 'zh' ? zh : en;
