import type { PlaygroundState } from '../state/playground-state';
import { useMessages } from '../state/settings';

interface Props {
  state: PlaygroundState;
  unrecognised: boolean;
  onPaste: (text: string, atOnce: boolean) => void;
  onByHand: () => void;
  onClear: () => void;
}

/** The field for pasted text. */
export function Paste({ state, unrecognised, onPaste, onByHand, onClear }: Props) {
  const { t } = useMessages();
  const { recognised, kind } = state;
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
        aria-describedby={unrecognised ? 'paste-hint paste-recognised' : 'paste-hint'}
        placeholder={t.paste.placeholder}
        value={state.text}
        onInput={(event) => onPaste(event.currentTarget.value, (event as InputEvent).inputType === 'insertFromPaste')}
      />
      <div class="row">
        <p id="paste-recognised" class="recognised">
          {unrecognised
            ? t.paste.unrecognised
            : recognised && recognised.kind !== 'unknown'
              ? t.paste.recognised(t.paste.kinds[recognised.kind], t.paste.shapes[recognised.shape])
              : ''}
        </p>
        {kind === 'nothing' && (
          <button type="button" class="button small" id="by-hand" onClick={onByHand}>
            {t.paste.byHand}
          </button>
        )}
        {(kind !== 'nothing' || state.text !== '') && (
          <button type="button" class="button small quiet" id="clear" onClick={onClear}>
            {t.paste.clear}
          </button>
        )}
      </div>
    </section>
  );
}
