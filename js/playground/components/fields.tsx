import { useState } from 'preact/hooks';
import { platformNames, platforms } from '../../core/platforms';
import { type Field, formOf, isSecret } from '../content/forms';
import { type Change, hasPayload, type PlaygroundState, textOf } from '../state/playground-state';
import { useMessages } from '../state/settings';
import { Choice } from './choice';
import { ClockIcon } from './icons';

interface Props {
  now: PlaygroundState;
  /** The fields that the core says are missing. */
  missing: string[];
  change: (change: Change) => void;
}

/** What was recognised, to be corrected and completed. */
export function Fields({ now, missing, change }: Props) {
  const { t } = useMessages();
  const { platform, kind } = now;
  const form = platform && formOf(platform, now.sealed, now.keys);
  return (
    <section class="card" id="fields" aria-labelledby="fields-heading">
      <h2 id="fields-heading">{t.fields.heading}</h2>
      <PlatformChoice now={now} change={change} />
      {'code' in now.sealed && hasPayload(now.sealed) && kind !== 'answer' && (
        <Choice
          labelled
          label={t.fields.lookAt}
          value={kind === 'code' ? 'code' : 'sealed'}
          options={(['sealed', 'code'] as const).map((value) => ({ value, label: t.fields.lookAts[value] }))}
          onChange={(value) => change({ do: 'look', kind: value })}
        />
      )}
      {kind === 'answer' && (
        <LongField
          label={t.fields.answer}
          id="field-answer"
          value={now.answer}
          onInput={(text) => change({ do: 'answer', text })}
        />
      )}
      {kind === 'code' && <CodeFields now={now} change={change} />}
      {kind === 'sealed' && form && (
        <>
          <Group
            of="sealed"
            heading={t.fields.sealed}
            fields={form.sealed}
            now={now}
            missing={missing}
            change={change}
          />
          <Group of="keys" heading={t.fields.keys} fields={form.keys} now={now} missing={missing} change={change} />
          <Options now={now} change={change} />
        </>
      )}
      {kind === 'answer' && <Clock now={now} change={change} />}
    </section>
  );
}

function PlatformChoice({ now: { platform, others }, change }: Pick<Props, 'now' | 'change'>) {
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

function CodeFields({ now, change }: Pick<Props, 'now' | 'change'>) {
  const { t } = useMessages();
  return (
    <>
      <LongField
        label="code"
        id="field-code"
        mono
        value={textOf(now.sealed.code)}
        onInput={(text) => change({ do: 'value', of: 'sealed', name: 'code', text })}
      />
      <Choice
        labelled
        label={t.fields.codeUse}
        value={now.use}
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
  now,
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
          value={now[of][field.name]}
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
  const [displayed, setShown] = useState(false);
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
            aria-pressed={displayed}
            aria-label={t.fields.showLong(name)}
            onClick={() => setShown(!displayed)}
          >
            {displayed ? t.fields.hide : t.fields.show}
          </button>
        )}
      </div>
      {secret && !displayed ? (
        // Not type="password": a browser would offer to keep it.
        <textarea {...shared} class="mono masked" rows={1} />
      ) : (
        <textarea {...shared} rows={rowsFor(text)} />
      )}
      {where && (
        <p class="hint" id={`${id}-where`}>
          <span class="unseen">{t.fields.where}: </span>
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

function Options({ now, change }: Pick<Props, 'now' | 'change'>) {
  const { t } = useMessages();
  const { options, platform } = now;
  const set = (name: 'maxAge' | 'allowUnsigned', value: number | boolean | undefined) =>
    change({ do: 'options', options: { ...options, [name]: value } });
  return (
    <details class="options">
      <summary>
        {t.fields.options}
        {'now' in options && <ClockIcon />}
      </summary>
      <Clock now={now} change={change} />
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

/** A sample's own time, where it has one. */
function Clock({ now: { options }, change }: Pick<Props, 'now' | 'change'>) {
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
