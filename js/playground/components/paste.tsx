import type { PlaygroundState } from '../state/playground-state';
import { useMessages } from '../state/settings';

interface Props {
  now: PlaygroundState;
  unrecognised: boolean;
  onPaste: (text: string, atOnce: boolean) => void;
  onByHand: () => void;
  onClear: () => void;
}

/** The one big field. */
export function Paste({ now, unrecognised, onPaste, onByHand, onClear }: Props) {
  const { t } = useMessages();
  const { seen: visited, kind } = now;
  return (
    <section class="card" aria-labelledby="paste-heading">
      <h2 id="paste-heading">
        <label for="paste">{t.paste.heading}</label>
      </h2>
      <p class="hint" id="paste-hint">
        {t.paste.hint}
      </p>
      <textarea
        id="paste"
        class="mono"
        rows={8}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-describedby={unrecognised ? 'paste-hint paste-seen' : 'paste-hint'}
        placeholder={t.paste.placeholder}
        value={now.text}
        onInput={(event) => onPaste(event.currentTarget.value, (event as InputEvent).inputType === 'insertFromPaste')}
      />
      <div class="row">
        <p id="paste-seen" class="seen">
          {unrecognised
            ? t.paste.unrecognised
            : visited && visited.kind !== 'unknown'
              ? t.paste.seen(t.paste.kinds[visited.kind], t.paste.shapes[visited.shape])
              : ''}
        </p>
        {kind === 'nothing' && (
          <button type="button" class="button small" id="by-hand" onClick={onByHand}>
            {t.paste.byHand}
          </button>
        )}
        {(kind !== 'nothing' || now.text !== '') && (
          <button type="button" class="button small quiet" id="clear" onClick={onClear}>
            {t.paste.clear}
          </button>
        )}
      </div>
    </section>
  );
}
