import { useEffect, useRef, useState } from 'preact/hooks';
import { useMessages } from '../state/settings';
import { CopyIcon } from './icons';

/** A button that copies a text and then shows whether the copy succeeded. */
export function Copy({
  text,
  label,
  small,
  showsLabel = !small,
}: {
  text: () => string;
  label: string;
  small?: boolean;
  showsLabel?: boolean;
}) {
  const { t } = useMessages();
  const [result, setResult] = useState<string | null>(null);
  const timer = useRef<number>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    const succeeded = await toClipboard(text());
    setResult(succeeded ? t.verdict.copied : t.verdict.copyFailed);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setResult(null), 2000);
  };
  return (
    <button
      type="button"
      class={small ? 'button small quiet' : 'button quiet'}
      onClick={copy}
      aria-label={showsLabel ? undefined : label}
    >
      <CopyIcon />
      <span aria-live="polite">{result ?? (showsLabel ? label : t.verdict.copy)}</span>
    </button>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The clipboard API is unavailable on plain http; the older copy command works there.
    const field = document.body.appendChild(document.createElement('textarea'));
    field.value = text;
    field.select();
    const succeeded = document.execCommand('copy');
    field.remove();
    return succeeded;
  }
}
