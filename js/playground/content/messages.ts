// The texts of the page in each language.
import { en, type Messages } from './en';
import { zh } from './zh';

export type Language = 'en' | 'zh';

export const messages: Record<Language, Messages> = { en, zh };
