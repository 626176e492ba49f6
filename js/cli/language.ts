import { Option } from 'commander';

export type Language = 'en' | 'zh';

export const lang = (): Option =>
  new Option('--lang <language>', 'of the text; by default the one of the locale').choices(['en', 'zh']);

/** The language that was asked for, or the one of the locale. */
export function languageOf(asked: string | undefined): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = asked ?? (LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale);
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** Both texts of something, and the one that is wanted. */
export const text =
  (language: Language) =>
  (en: string, zh: string): string =>
    language === 'zh' ? zh : en;
