import { useLayoutEffect, useState } from 'preact/hooks';
import { platformNames } from '../../core/platforms';
import type { Platform } from '../../core/types';
import { linkTo } from '../state/link';
import {
  isResponse,
  platformsWithSamples,
  type ResponseSample,
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
  onSelect: (sample: Sample | ResponseSample) => void;
}

/** The list of all samples. A click selects a sample. */
export function Menu({ selected, open, onOpen, onSelect }: Props) {
  const { t, language, say } = useMessages();
  const [platform, setPlatform] = useState<Platform>('wechat');
  const [query, setQuery] = useState('');
  useLayoutEffect(() => {
    const sample = sampleNamed(selected);
    if (!sample) return;
    setPlatform(sample.platform);
    if (!matches(sample, query)) setQuery('');
  }, [selected]);
  const formats = samplesOf(platform)
    .map(({ format, samples }) => ({ format, samples: samples.filter((sample) => matches(sample, query)) }))
    .filter(({ samples }) => samples.length);
  const visibleSamples = formats.flatMap(({ samples }) => samples);
  // The list has one stop in the tab order. The arrow keys move between the samples.
  const tabStop = (visibleSamples.find(({ id }) => id === selected) ?? visibleSamples[0])?.id;
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
          value={query}
          autocomplete="off"
          onInput={(event) => setQuery(event.currentTarget.value)}
        />
        <div
          class="samples"
          role="toolbar"
          aria-orientation="vertical"
          aria-label={t.samples.list(say(platformNames[platform]))}
          onKeyDown={moveFocus}
        >
          {formats.map(({ format, samples }) => (
            <section key={format}>
              {(formats.length > 1 || format === 'response') && (
                <h3>{t.samples.formats[format] ?? t.samples.formats.sealed}</h3>
              )}
              <ul>
                {samples.map((sample) => (
                  <li key={sample.id}>
                    <SampleButton
                      sample={sample}
                      selected={sample.id === selected}
                      isTabStop={sample.id === tabStop}
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
          <Copy small showsLabel text={() => linkTo(selected, language)} label={t.samples.copyLink} />
        </div>
      )}
    </details>
  );
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[(to + buttons.length) % buttons.length]?.focus();
}

/** Whether a sample's title in either language, its id or the code of one of its findings contains the text. */
const matches = (sample: Sample | ResponseSample, text: string): boolean =>
  [sample.title.en, sample.title.zh, sample.id, ...(isResponse(sample) ? [] : sample.finds)]
    .join('\n')
    .toLowerCase()
    .includes(text.trim().toLowerCase());

export function SampleButton({
  sample,
  selected,
  isTabStop = true,
  onSelect,
  withPlatform,
}: {
  sample: Sample | ResponseSample;
  selected?: boolean;
  isTabStop?: boolean;
  onSelect: Props['onSelect'];
  withPlatform?: boolean;
}) {
  const { t, say } = useMessages();
  const kind = isResponse(sample) ? 'response' : sample.mistake === null ? 'good' : sample.ok ? 'harmless' : 'bad';
  return (
    <button
      type="button"
      class={`sample ${kind}`}
      data-sample={sample.id}
      aria-pressed={selected}
      tabIndex={isTabStop ? undefined : -1}
      onClick={() => onSelect(sample)}
    >
      {{ good: <OkIcon />, bad: <BadIcon />, harmless: <InfoIcon />, response: <AskIcon /> }[kind]}
      <span>
        <span class="unseen">{t.samples[kind] + t.punctuation.colon}</span>
        {withPlatform && <b>{say(platformNames[sample.platform])} · </b>}
        {say(sample.title)}
      </span>
    </button>
  );
}
