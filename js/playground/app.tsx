import { useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { version } from '../core/opener/functions';
import { Answer } from './components/answer';
import { Choice } from './components/choice';
import { Code } from './components/code';
import { Fields } from './components/fields';
import { Findings } from './components/findings';
import { LockIcon, Logo } from './components/icons';
import { Menu } from './components/menu';
import { Paste } from './components/paste';
import { Steps } from './components/steps';
import { headline, VerdictCard } from './components/verdict';
import { type Language, messages } from './content/messages';
import { linked, showInAddress } from './state/link';
import { type Change, changed, nothing, type PlaygroundState } from './state/playground-state';
import { type AnswerSample, type Sample, sampleNamed } from './state/samples';
import { Spoken, type Theme, useLanguage, useMessages, useTheme } from './state/settings';
import { evaluate, type Verdict } from './state/verdict';

export function App() {
  const [language, setLanguage] = useLanguage();
  const [theme, setTheme] = useTheme();
  const [now, change] = useReducer<PlaygroundState, Change>(changed, nothing);
  const verdict = useMemo(() => evaluate(now), [now]);
  useSampleInAddress(now, change);
  return (
    <Spoken.Provider value={language}>
      <Header language={language} onLanguage={setLanguage} theme={theme} onTheme={setTheme} />
      <Table now={now} verdict={verdict} change={change} />
      <footer>{messages[language].footer(version)}</footer>
    </Spoken.Provider>
  );
}

/** A sample's link opens it. Whatever is changed takes its name out of the address. */
function useSampleInAddress(now: PlaygroundState, change: (change: Change) => void) {
  const open = () => {
    const sample = sampleNamed(linked().sample);
    if (sample) change({ do: 'sample', sample });
  };
  useLayoutEffect(() => {
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, []);
  const untouched = useRef(true);
  useLayoutEffect(() => {
    if (!untouched.current) showInAddress(now.sample);
    untouched.current = false;
  }, [now]);
}

function Header({
  language,
  onLanguage,
  theme,
  onTheme,
}: {
  language: Language;
  onLanguage: (language: Language) => void;
  theme: Theme;
  onTheme: (theme: Theme) => void;
}) {
  const { t } = useMessages();
  return (
    <header>
      <a
        class="skip"
        href="#result"
        onClick={(event) => (event.preventDefault(), document.getElementById('result')!.focus())}
      >
        {t.skip}
      </a>
      <div class="bar">
        <div class="brand">
          <Logo />
          <h1>
            mp-phone <span>{t.title}</span>
          </h1>
          <p>{t.subtitle}</p>
        </div>
        <div class="settings">
          <Choice
            label={t.language}
            value={language}
            options={[
              { value: 'en', label: 'English', lang: 'en' },
              { value: 'zh', label: '中文', lang: 'zh-CN' },
            ]}
            onChange={onLanguage}
          />
          <Choice
            label={t.theme}
            value={theme}
            options={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t.themes[value] }))}
            onChange={onTheme}
          />
        </div>
      </div>
      <p class="reminder" role="note" aria-label={t.reminder.label}>
        <LockIcon />
        <span>
          <b>{t.reminder.strong}</b> {t.reminder.rest}
        </span>
      </p>
    </header>
  );
}

function Table({ now, verdict, change }: { now: PlaygroundState; verdict: Verdict; change: (change: Change) => void }) {
  const { t } = useMessages();
  const [samplesOpen, setSamplesOpen] = useState(true);
  const result = useRef<HTMLElement>(null);
  const select = (sample: Sample | AnswerSample) => {
    change({ do: 'sample', sample });
    showResult(result.current!);
  };
  const paste = (text: string, atOnce: boolean) => {
    change({ do: 'paste', text });
    if (text) setSamplesOpen(false);
    if (atOnce) showResult(result.current!);
  };
  const diagnosis = 'diagnosis' in verdict ? verdict.diagnosis : undefined;
  const missing = verdict.is === 'asking' ? verdict.missing : [];
  const findings = diagnosis?.findings.filter((finding) => !missing.includes(finding)) ?? [];
  return (
    <main>
      <div class="side">
        <Paste
          now={now}
          unrecognised={verdict.is === 'unrecognised'}
          onPaste={paste}
          onByHand={() => change({ do: 'by-hand' })}
          onClear={() => change({ do: 'clear' })}
        />
        <Menu selected={now.sample} open={samplesOpen} onOpen={setSamplesOpen} onSelect={select} />
        {now.kind !== 'nothing' && (
          <Fields now={now} missing={missing.flatMap(({ field }) => field ?? [])} change={change} />
        )}
      </div>
      <section class="side" id="result" ref={result} tabIndex={-1} aria-label={t.verdict.heading}>
        <p class="unseen" role="status">
          {announcement(verdict, now, useMessages())}
        </p>
        <VerdictCard verdict={verdict} now={now} onSample={select} />
        {verdict.is === 'answer' && <Answer explanation={verdict.explanation} />}
        <Findings findings={findings} now={now} />
        {diagnosis && now.kind === 'sealed' && <Steps steps={diagnosis.steps} />}
        {now.platform && now.kind !== 'nothing' && (
          <Code platform={now.platform} fields={Object.keys(now.sealed)} isAnswer={now.kind === 'answer'} />
        )}
      </section>
    </main>
  );
}

/** What a screen reader says when the outcome changes. */
function announcement(
  verdict: Verdict,
  now: PlaygroundState,
  { t, language, say }: ReturnType<typeof useMessages>,
): string {
  if (verdict.is === 'nothing') return '';
  if (verdict.is === 'phone') return t.verdict.phoneRepeat(verdict.phone.e164 ?? verdict.phone.nationalNumber);
  const first =
    'diagnosis' in verdict
      ? verdict.diagnosis.findings[0]
      : verdict.is === 'answer'
        ? verdict.explanation.meaning
        : undefined;
  return [headline(verdict, now, language), first && say(first)].filter(Boolean).join('. ');
}

/** On a small window the result is below what was chosen. */
function showResult(result: HTMLElement) {
  requestAnimationFrame(() => {
    if (result.getBoundingClientRect().top > innerHeight / 2)
      result.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  });
}

export function Broken() {
  const [language] = useLanguage();
  const { title, text } = messages[language].broken;
  return (
    <main class="broken">
      <h1>{title}</h1>
      <p role="alert">{text}</p>
    </main>
  );
}
