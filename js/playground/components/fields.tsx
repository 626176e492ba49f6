import { useState } from 'preact/hooks';
import { platformNames, platforms } from '../../core/platforms';
import { type Field, formOf, isSecret } from '../content/forms';
import { type Change, hasPayload, type PlaygroundState, textOf } from '../state/playground-state';
import { useMessages } from '../state/settings';
import { Choice } from './choice';
import { ClockIcon } from './icons';

interface Props {
  state: PlaygroundState;
  /** The names of the fields that are missing according to the core. */
  missing: string[];
  change: (change: Change) => void;
}

/** The fields of the pasted data, which the user can correct and complete. */
export function Fields({ state, missing, change }: Props) {
  const { t } = useMessages();
  const { platform, kind } = state;
  const form = platform && formOf(platform, state.sealed, state.keys);
  return (
    <section class="card" id="fields" aria-labelledby="fields-heading">
      <h2 id="fields-heading">{t.fields.heading}</h2>
      <PlatformChoice state={state} change={change} />
      {'code' in state.sealed && hasPayload(state.sealed) && kind !== 'response' && (
        <Choice
          labelled
          label={t.fields.subject}
          value={kind === 'code' ? 'code' : 'sealed'}
          options={(['sealed', 'code'] as const).map((value) => ({ value, label: t.fields.subjects[value] }))}
          onChange={(value) => change({ do: 'subject', kind: value })}
        />
      )}
      {kind === 'response' && (
        <LongField
          label={t.fields.response}
          id="field-platform-response"
          value={state.response}
          onInput={(text) => change({ do: 'response', text })}
        />
      )}
      {kind === 'code' && <CodeFields state={state} change={change} />}
      {kind === 'sealed' && form && (
        <>
          <Group
            of="sealed"
            heading={t.fields.sealed}
            fields={form.sealed}
            state={state}
            missing={missing}
            change={change}
          />
          <Group of="keys" heading={t.fields.keys} fields={form.keys} state={state} missing={missing} change={change} />
          <Options state={state} change={change} />
        </>
      )}
      {kind === 'response' && <Clock state={state} change={change} />}
    </section>
  );
}

function PlatformChoice({ state: { platform, others }, change }: Pick<Props, 'state' | 'change'>) {
  const { t, say } = useMessages();
  return (
    <div class="field">
      <label for="platform">{t.fields.platform}</label>
      <select
        id="platform"
        value={platform ?? ''}
        onChange={(event) =>
          change({ do: 'platform', platform: event.currentTarget.value as (typeof platforms)[number] })
        }
      >
        {!platform && <option value="">{t.fields.choose}</option>}
        {platforms.map((name) => (
          <option key={name} value={name}>
            {say(platformNames[name])}
          </option>
        ))}
      </select>
      {others.length > 0 && (
        <p class="guess">
          {t.fields.guessed}{' '}
          {others.map((name) => (
            <button type="button" class="chip" key={name} onClick={() => change({ do: 'platform', platform: name })}>
              {say(platformNames[name])}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

function CodeFields({ state, change }: Pick<Props, 'state' | 'change'>) {
  const { t } = useMessages();
  return (
    <>
      <LongField
        label="code"
        id="field-code"
        mono
        value={textOf(state.sealed.code)}
        onInput={(text) => change({ do: 'value', of: 'sealed', name: 'code', text })}
      />
      <Choice
        labelled
        label={t.fields.codeUse}
        value={state.use}
        options={(['phone', 'login'] as const).map((value) => ({ value, label: t.fields.codeUses[value] }))}
        onChange={(use) => change({ do: 'use', use })}
      />
    </>
  );
}

function Group({
  of,
  heading,
  fields,
  state,
  missing,
  change,
}: Props & { of: 'sealed' | 'keys'; heading: string; fields: Field[] }) {
  return (
    <fieldset class="group">
      <legend>{heading}</legend>
      {fields.map((field) => (
        <FieldRow
          key={field.name}
          field={field}
          value={state[of][field.name]}
          missing={missing.includes(field.name)}
          onInput={(text) => change({ do: 'value', of, name: field.name, text })}
        />
      ))}
    </fieldset>
  );
}

function FieldRow({
  field,
  value,
  missing,
  onInput,
}: {
  field: Field;
  value: unknown;
  missing: boolean;
  onInput: (text: string) => void;
}) {
  const { t, say } = useMessages();
  const [isVisible, setIsVisible] = useState(false);
  const { name, where, optional } = field;
  const id = `field-${name}`;
  const text = textOf(value);
  const secret = isSecret(name);
  const isJson = typeof value !== 'string' && value !== undefined;
  const shared = {
    id,
    class: 'mono',
    value: text,
    spellcheck: false,
    autocomplete: 'off',
    'aria-invalid': missing || undefined,
    'aria-describedby': where ? `${id}-where` : undefined,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  };
  return (
    <div class={missing ? 'field missing' : 'field'}>
      <div class="field-head">
        <label for={id} class="mono">
          {name}
        </label>
        {missing ? (
          <span class="tag warn">{t.fields.needed}</span>
        ) : optional && text === '' ? (
          <span class="tag">{t.fields.optional}</span>
        ) : null}
        {isJson && <span class="tag">{Array.isArray(value) ? t.fields.list : t.fields.json}</span>}
        {secret && (
          <button
            type="button"
            class="button small quiet"
            aria-pressed={isVisible}
            aria-label={t.fields.showLong(name)}
            onClick={() => setIsVisible(!isVisible)}
          >
            {isVisible ? t.fields.hide : t.fields.show}
          </button>
        )}
      </div>
      {secret && !isVisible ? (
        // Not type="password": a browser would offer to store the key.
        <textarea {...shared} class="mono masked" rows={1} />
      ) : (
        <textarea {...shared} rows={rowsFor(text)} />
      )}
      {where && (
        <p class="hint" id={`${id}-where`}>
          <span class="unseen">{t.fields.where + t.punctuation.colon}</span>
          {say(where)}
        </p>
      )}
    </div>
  );
}

function LongField({
  label,
  id,
  value,
  mono,
  onInput,
}: {
  label: string;
  id: string;
  value: string;
  mono?: boolean;
  onInput: (text: string) => void;
}) {
  return (
    <div class="field">
      <label for={id} class={mono ? 'mono' : undefined}>
        {label}
      </label>
      <textarea
        id={id}
        class="mono"
        rows={rowsFor(value)}
        spellcheck={false}
        autocomplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  );
}

const rowsFor = (text: string): number =>
  Math.min(6, Math.max(1, Math.ceil(text.length / 56), text.split('\n').length));

function Options({ state, change }: Pick<Props, 'state' | 'change'>) {
  const { t } = useMessages();
  const { options, platform } = state;
  const set = (name: 'maxAge' | 'allowUnsigned', value: number | boolean | undefined) =>
    change({ do: 'options', options: { ...options, [name]: value } });
  return (
    <details class="options">
      <summary>
        {t.fields.options}
        {'now' in options && <ClockIcon />}
      </summary>
      <Clock state={state} change={change} />
      <label class="check">
        <input
          type="checkbox"
          checked={options.maxAge === Infinity}
          onChange={(event) => set('maxAge', event.currentTarget.checked ? Infinity : undefined)}
        />
        {t.fields.anyAge}
      </label>
      {platform === 'alipay' && (
        <label class="check">
          <input
            type="checkbox"
            checked={options.allowUnsigned === true}
            onChange={(event) => set('allowUnsigned', event.currentTarget.checked || undefined)}
          />
          {t.fields.unsigned}
        </label>
      )}
    </details>
  );
}

/** The current time with which a sample is checked, if the sample sets one. */
function Clock({ state: { options }, change }: Pick<Props, 'state' | 'change'>) {
  const { t, language } = useMessages();
  if (options.now === undefined) return null;
  const { now: time, ...others } = options;
  return (
    <p class="clock">
      {t.fields.clock(
        new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
          dateStyle: 'medium',
          timeStyle: 'short',
        }).format(time),
      )}{' '}
      <button type="button" class="chip" onClick={() => change({ do: 'options', options: others })}>
        {t.fields.ownClock}
      </button>
    </p>
  );
}
