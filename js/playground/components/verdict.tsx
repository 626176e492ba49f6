import type { ComponentChildren } from 'preact';
import { platformNames } from '../../core/platforms';
import type { Finding, PhoneNumber } from '../../core/types';
import { formOf } from '../content/forms';
import { type Language, messages } from '../content/messages';
import { hasPayload, type PlaygroundState } from '../state/playground-state';
import { featured, type ResponseSample, type Sample } from '../state/samples';
import { useMessages } from '../state/settings';
import type { Verdict } from '../state/verdict';
import { Copy } from './copy';
import { Fact } from './fact';
import { AskIcon, BadIcon, OkIcon } from './icons';
import { SampleButton } from './menu';

/** The result in one line. */
export function headline(verdict: Verdict, { kind, sealed }: PlaygroundState, language: Language): string {
  const t = messages[language];
  switch (verdict.is) {
    case 'phone':
      return t.verdict.phone;
    case 'asking':
      return t.verdict.asking(verdict.missing.length);
    case 'good-code':
      return t.verdict.goodCode;
    case 'findings':
      return kind === 'code'
        ? t.verdict.failedCode
        : 'errMsg' in sealed && !hasPayload(sealed)
          ? t.verdict.failedEvent
          : t.verdict.failed;
    case 'response':
      return verdict.phone
        ? t.response.phone
        : (verdict.explanation.error ? t.response.error : t.response.success)(
            platformNames[verdict.explanation.platform][language],
          );
    case 'platform-unknown':
      return t.verdict.unknownPlatform;
    case 'no-payload':
      return t.verdict.noPayload;
    case 'unrecognised':
      return t.paste.unrecognised;
    case 'bug':
      return t.verdict.bug;
    case 'nothing':
      return t.verdict.empty.title;
  }
}

interface Props {
  verdict: Verdict;
  state: PlaygroundState;
  onSample: (sample: Sample | ResponseSample) => void;
}

/** The card with the result. */
export function VerdictCard({ verdict, state, onSample }: Props) {
  const { t, language } = useMessages();
  const title = headline(verdict, state, language);
  switch (verdict.is) {
    case 'phone':
      return (
        <Card is="ok" title={title} icon={<OkIcon />}>
          <Phone phone={verdict.phone} state={state} remarks={verdict.diagnosis.findings.length} />
        </Card>
      );
    case 'asking':
      return (
        <Card is="ask" title={title} icon={<AskIcon />}>
          <p>{t.verdict.askingText}</p>
          <Missing findings={verdict.missing} state={state} />
        </Card>
      );
    case 'findings': {
      const errors = verdict.diagnosis.findings.filter(({ severity }) => severity === 'error').length;
      const others = verdict.diagnosis.findings.length - errors;
      return (
        <Card is="bad" title={title} icon={<BadIcon />}>
          <p class="count">
            {[
              errors ? t.verdict.findings(errors) : t.verdict.unnamed,
              ...(others ? [t.verdict.remarks(others)] : []),
            ].join(' · ')}
          </p>
        </Card>
      );
    }
    case 'good-code':
      return (
        <Card is="ok" title={title} icon={<OkIcon />}>
          <p>{t.verdict.goodCodeText}</p>
        </Card>
      );
    case 'response':
      return verdict.phone ? (
        <Card is="ok" title={title} icon={<OkIcon />}>
          <Phone phone={verdict.phone} state={state} remarks={0} />
        </Card>
      ) : (
        <Card
          is={verdict.explanation.error ? 'bad' : 'ok'}
          title={title}
          icon={verdict.explanation.error ? <BadIcon /> : <OkIcon />}
        >
          {verdict.explanation.code && (
            <p class="big-code mono">
              {[verdict.explanation.code, verdict.explanation.subCode].filter(Boolean).join(' · ')}
            </p>
          )}
        </Card>
      );
    case 'nothing':
      return (
        <Card is="empty" title={title}>
          <p>{t.verdict.empty.text}</p>
          <ul class="samples featured">
            {featured().map((sample) => (
              <li key={sample.id}>
                <SampleButton sample={sample} onSelect={onSample} withPlatform />
              </li>
            ))}
          </ul>
        </Card>
      );
    default:
      return <Card is="ask" title={title} icon={<AskIcon />} />;
  }
}

function Card({
  is,
  title,
  icon,
  children,
}: {
  is: string;
  title: string;
  icon?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <section class={`card verdict ${is}`} data-verdict={is} aria-labelledby="verdict-heading">
      <h2 id="verdict-heading">
        {icon && <span class="badge">{icon}</span>}
        {title}
      </h2>
      {children}
    </section>
  );
}

/** The missing fields, and where a user finds each value. */
function Missing({ findings, state }: { findings: Finding[]; state: PlaygroundState }) {
  const { t, say } = useMessages();
  const form = state.platform && formOf(state.platform, state.sealed, state.keys);
  const where = (finding: Finding) => form?.keys.find(({ name }) => name === finding.field)?.where ?? finding.fix;
  return (
    <ul class="missing-list">
      {findings.map((finding) => (
        <li key={finding.field} data-code={finding.code}>
          <span>
            <code>{finding.field}</code> {say(where(finding))}
          </span>
          {finding.field && (
            <button
              type="button"
              class="button small"
              onClick={() => document.getElementById(`field-${finding.field}`)?.focus()}
            >
              {t.verdict.enter(finding.field)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Phone({ phone, state, remarks }: { phone: PhoneNumber; state: PlaygroundState; remarks: number }) {
  const { t } = useMessages();
  const { e164, countryCode, nationalNumber, masked, appId, issuedAt, raw } = phone;
  return (
    <>
      <div class="number">
        <output class="mono" id="number">
          {e164 ?? nationalNumber}
        </output>
        <Copy text={() => e164 ?? nationalNumber} label={t.verdict.copyNumber} small />
      </div>
      {!e164 && <p>{masked ? t.verdict.masked : t.verdict.noE164}</p>}
      {remarks > 0 && <p class="count">{t.verdict.remarks(remarks)}</p>}
      <dl class="facts">
        <Fact name={t.verdict.country}>{countryCode ? `+${countryCode}` : '–'}</Fact>
        <Fact name={t.verdict.national}>{nationalNumber}</Fact>
        <Fact name={t.verdict.app}>
          {appId ? (
            <span title={t.verdict.appNamed}>
              <code>{appId}</code>
            </span>
          ) : (
            t.verdict.noApp
          )}
        </Fact>
        <Fact name={t.verdict.age}>
          {issuedAt === null ? t.verdict.noTime : <Age issuedAt={issuedAt} now={state.options.now ?? Date.now()} />}
        </Fact>
      </dl>
      <details>
        <summary>{t.verdict.raw}</summary>
        <pre class="mono" tabIndex={0} aria-label={t.verdict.raw} role="region">
          {JSON.stringify(raw, null, 2)}
        </pre>
      </details>
    </>
  );
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function Age({ issuedAt, now }: { issuedAt: number; now: number }) {
  const { language } = useMessages();
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  const seconds = Math.round(issuedAt - now / 1000);
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  const date = new Date(issuedAt * 1000);
  return (
    <>
      {new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)}{' '}
      <time class="hint" dateTime={date.toISOString()}>
        {new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(date)}
      </time>
    </>
  );
}
