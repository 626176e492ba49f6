import { useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { version } from '../core/opener/functions';
import { Choice } from './components/choice';
import { Code } from './components/code';
import { Fields } from './components/fields';
import { Findings } from './components/findings';
import { LockIcon, Logo } from './components/icons';
import { Menu } from './components/menu';
import { Paste } from './components/paste';
import { ResponseExplanation } from './components/response';
import { Steps } from './components/steps';
import { headline, VerdictCard } from './components/verdict';
import { type Language, messages } from './content/messages';
import { addressParameters, showInAddress } from './state/link';
import { applyChange, type Change, emptyState, type PlaygroundState } from './state/playground-state';
import { type ResponseSample, type Sample, sampleNamed } from './state/samples';
import { LanguageContext, type Theme, useLanguage, useMessages, useTheme } from './state/settings';
import { evaluate, type Verdict } from './state/verdict';

export function App() {
  const [language, setLanguage] = useLanguage();
  const [theme, setTheme] = useTheme();
  const [state, change] = useReducer<PlaygroundState, Change>(applyChange, emptyState);
  const verdict = useMemo(() => evaluate(state), [state]);
  useSampleInAddress(state, change);
  return (
    <LanguageContext.Provider value={language}>
      <Header language={language} onLanguage={setLanguage} theme={theme} onTheme={setTheme} />
      <Workspace state={state} verdict={verdict} change={change} />
      <footer>{messages[language].footer(version)}</footer>
    </LanguageContext.Provider>
  );
}

/** Opens the sample that the address names. Any change by the user removes the sample's name from the address. */
function useSampleInAddress(state: PlaygroundState, change: (change: Change) => void) {
  const open = () => {
    const sample = sampleNamed(addressParameters().sample);
    if (sample) change({ do: 'sample', sample });
  };
  useLayoutEffect(() => {
    open();
    addEventListener('hashchange', open);
    return () => removeEventListener('hashchange', open);
  }, []);
  const untouched = useRef(true);
  useLayoutEffect(() => {
    if (!untouched.current) showInAddress(state.sample);
    untouched.current = false;
  }, [state]);
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

function Workspace({
  state,
  verdict,
  change,
}: {
  state: PlaygroundState;
  verdict: Verdict;
  change: (change: Change) => void;
}) {
  const { t } = useMessages();
  const [samplesOpen, setSamplesOpen] = useState(true);
  const result = useRef<HTMLElement>(null);
  const select = (sample: Sample | ResponseSample) => {
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
          state={state}
          unrecognised={verdict.is === 'unrecognised'}
          onPaste={paste}
          onByHand={() => change({ do: 'by-hand' })}
          onClear={() => change({ do: 'clear' })}
        />
        <Menu selected={state.sample} open={samplesOpen} onOpen={setSamplesOpen} onSelect={select} />
        {state.kind !== 'nothing' && (
          <Fields state={state} missing={missing.flatMap(({ field }) => field ?? [])} change={change} />
        )}
      </div>
      <section class="side" id="result" ref={result} tabIndex={-1} aria-label={t.verdict.heading}>
        <p class="unseen" role="status">
          {announcement(verdict, state, useMessages())}
        </p>
        <VerdictCard verdict={verdict} state={state} onSample={select} />
        {verdict.is === 'response' && <ResponseExplanation explanation={verdict.explanation} />}
        <Findings findings={findings} state={state} />
        {diagnosis && state.kind === 'sealed' && <Steps steps={diagnosis.steps} />}
        {state.platform && state.kind !== 'nothing' && (
          <Code platform={state.platform} fields={Object.keys(state.sealed)} isResponse={state.kind === 'response'} />
        )}
      </section>
    </main>
  );
}

/** The text that a screen reader reads when the result changes. */
function announcement(
  verdict: Verdict,
  state: PlaygroundState,
  { t, language, say }: ReturnType<typeof useMessages>,
): string {
  if (verdict.is === 'nothing') return '';
  if (verdict.is === 'phone') return t.verdict.phoneRepeat(verdict.phone.e164 ?? verdict.phone.nationalNumber);
  const first =
    'diagnosis' in verdict
      ? verdict.diagnosis.findings[0]
      : verdict.is === 'response'
        ? verdict.explanation.meaning
        : undefined;
  return [headline(verdict, state, language), first && say(first)].filter(Boolean).join('. ');
}

/** Scrolls to the result, which is below the samples in a small window. */
function showResult(result: HTMLElement) {
  requestAnimationFrame(() => {
    if (result.getBoundingClientRect().top > innerHeight / 2)
      result.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  });
}

export function StartupError() {
  const [language] = useLanguage();
  const { title, text } = messages[language].startupError;
  return (
    <main class="broken">
      <h1>{title}</h1>
      <p role="alert">{text}</p>
    </main>
  );
}
