import type { Command } from '../command';
import { simulate } from './simulate';

/** By the name that is typed. */
export const commands = new Map<string, Command>([['simulate', simulate]]);
