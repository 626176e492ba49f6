import { useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../state/settings';
import { CopyIcon } from './icons';

/** A button that copies a text, and says that it did. */
export function Copy({
  text,
  label,
  small,
  named = !small,
}: {
  text: () => string;
  label: string;
  small?: boolean;
  named?: boolean;
}) {
  const { t } = useMessages();
  const [finished, setDone] = useState<string | null>(null);
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    const worked = await toClipboard(text());
    setDone(worked ? t.verdict.copied : t.verdict.copyFailed);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setDone(null), 2000);
  };
  return (
    <button
      type="button"
      class={small ? 'button small quiet' : 'button quiet'}
      onClick={copy}
      aria-label={named ? undefined : label}
    >
      <CopyIcon />
      <span aria-live="polite">{finished ?? (named ? label : t.verdict.copy)}</span>
    </button>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain http there is no clipboard to write to, but the old command.
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    const worked = document.execCommand('copy');
    field.remove();
    return worked;
  }
}
