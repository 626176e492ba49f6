// The objects in a paste, from the outermost inwards.

import { fieldFilter, parseNested } from './fields';
import { isIrrelevant } from './names';
import type { Members, PastedObject } from './types';

/** The objects in a value, the outermost first, including objects in texts. */
export function objectsIn(value: unknown, text?: string): PastedObject[] {
  const objects: PastedObject[] = [];
  const queue: { value: unknown; text?: string; depth: number }[] = [{ value, text, depth: 0 }];
  for (let next = queue.shift(); next && objects.length < 300; next = queue.shift()) {
    const { value: object, depth } = next;
    if (depth > 12 || typeof object !== 'object' || object === null) continue;
    if (!Array.isArray(object)) objects.push({ members: object as Members, text: next.text });
    const isField = Array.isArray(object) ? () => false : fieldFilter(object as Members);
    for (const [name, member] of Object.entries(object).slice(0, 300)) {
      if (isIrrelevant(name) || isField(name, member)) continue;
      const opened = typeof member === 'string' ? parseNested(name, member) : undefined;
      if (queue.length < 1000)
        queue.push({ value: opened ?? member, depth: depth + 1, ...(opened ? { text: member as string } : {}) });
    }
  }
  return objects;
}
