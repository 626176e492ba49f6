import { useLayoutEffect, useState } from 'preact/hooks';
import { platformNames } from '../../core/platforms';
import type { Platform } from '../../core/types';
import { linkTo } from '../state/link';
import {
  type AnswerSample,
  isAnswer,
  platformsWithSamples,
  type Sample,
  sampleNamed,
  samplesOf,
} from '../state/samples';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { AskIcon, BadIcon, InfoIcon, OkIcon } from './icons';
import { Tabs } from './tabs';

interface Props {
  selected: string | null;
  open: boolean;
  onOpen: (open: boolean) => void;
  onSelect: (sample: Sample | AnswerSample) => void;
}

/** Every sample, one click each. */
export function Menu({ selected, open, onOpen, onSelect }: Props) {
  const { t, language, say } = useMessages();
  const [platform, setPlatform] = useState<Platform>('wechat');
  const [sought, setSought] = useState('');
  useLayoutEffect(() => {
    const sample = sampleNamed(selected);
    if (!sample) return;
    setPlatform(sample.platform);
    if (!isSought(sample, sought)) setSought('');
  }, [selected]);
  const formats = samplesOf(platform)
    .map(({ format, samples }) => ({ format, samples: samples.filter((sample) => isSought(sample, sought)) }))
    .filter(({ samples }) => samples.length);
  const excerpts = formats.flatMap(({ samples }) => samples);
  // One stop in the tab order for all of them: the arrow keys go from one to the next.
  const stop = (excerpts.find(({ id }) => id === selected) ?? excerpts[0])?.id;
  return (
    <details class="card" id="samples" open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t.samples.heading}</h2>
        <span class="hint">{t.samples.hint}</span>
      </summary>
      <Tabs
        label={t.samples.heading}
        tabs={platformsWithSamples().map((id) => ({ id, label: say(platformNames[id]) }))}
        selected={platform}
        onSelect={setPlatform}
      >
        <input
          id="sample-filter"
          type="search"
          aria-label={t.samples.filter}
          placeholder={t.samples.filter}
          value={sought}
          autocomplete="off"
          onInput={(event) => setSought(event.currentTarget.value)}
        />
        <div
          class="samples"
          role="toolbar"
          aria-orientation="vertical"
          aria-label={t.samples.list(say(platformNames[platform]))}
          onKeyDown={goOn}
        >
          {formats.map(({ format, samples }) => (
            <section key={format}>
              {(formats.length > 1 || format === 'answer') && (
                <h3>{t.samples.formats[format] ?? t.samples.formats.sealed}</h3>
              )}
              <ul>
                {samples.map((sample) => (
                  <li key={sample.id}>
                    <SampleButton
                      sample={sample}
                      selected={sample.id === selected}
                      stop={sample.id === stop}
                      onSelect={onSelect}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {!formats.length && <p class="hint">{t.samples.none}</p>}
        </div>
      </Tabs>
      {selected && (
        <div class="row end">
          <span class="hint">{t.samples.copyLinkHint}</span>
          <Copy small named text={() => linkTo(selected, language)} label={t.samples.copyLink} />
        </div>
      )}
    </details>
  );
}

function goOn(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length]?.focus();
}

/** By its title in either language, its name and what it is found as. */
const isSought = (sample: Sample | AnswerSample, text: string): boolean =>
  [sample.title.en, sample.title.zh, sample.id, ...(isAnswer(sample) ? [] : sample.finds)]
    .join('\n')
    .toLowerCase()
    .includes(text.trim().toLowerCase());

export function SampleButton({
  sample,
  selected,
  stop = true,
  onSelect,
  withPlatform,
}: {
  sample: Sample | AnswerSample;
  selected?: boolean;
  stop?: boolean;
  onSelect: Props['onSelect'];
  withPlatform?: boolean;
}) {
  const { t, say } = useMessages();
  const kind = isAnswer(sample) ? 'answer' : sample.mistake === null ? 'good' : sample.ok ? 'harmless' : 'bad';
  return (
    <button
      type="button"
      class={`sample ${kind}`}
      data-sample={sample.id}
      aria-pressed={selected}
      tabIndex={stop ? undefined : -1}
      onClick={() => onSelect(sample)}
    >
      {{ good: <OkIcon />, bad: <BadIcon />, harmless: <InfoIcon />, answer: <AskIcon /> }[kind]}
      <span>
        <span class="unseen">{t.samples[kind]}: </span>
        {withPlatform && <b>{say(platformNames[sample.platform])} · </b>}
        {say(sample.title)}
      </span>
    </button>
  );
}
