import type { Finding } from '../../core/types';
import type { Language } from '../content/messages';
import type { PlaygroundState } from '../state/playground-state';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Damaged } from './damaged';
import { BadIcon, InfoIcon, RepairIcon, WarnIcon } from './icons';

/** What the core found, the most probable cause first. */
export function Findings({ findings, now }: { findings: Finding[]; now: PlaygroundState }) {
  const { t, language } = useMessages();
  if (!findings.length) return null;
  return (
    <section class="card" aria-labelledby="findings-heading">
      <div class="heading-row">
        <h2 id="findings-heading">
          {findings.some(({ severity }) => severity === 'error') ? t.findings.heading : t.findings.remarks}
        </h2>
        <Copy small text={() => asText(findings, language)} label={`${t.findings.copy}. ${t.findings.copyHint}`} />
      </div>
      <ol class="findings">
        {findings.map((finding, index) => (
          <Row key={`${finding.code} ${finding.field}`} finding={finding} now={now} first={index === 0} />
        ))}
      </ol>
    </section>
  );
}

const icons = { error: <BadIcon />, warning: <WarnIcon />, info: <InfoIcon /> };

function Row({ finding, now, first }: { finding: Finding; now: PlaygroundState; first: boolean }) {
  const { t, say } = useMessages();
  const { code, field, severity, repaired, fix, at } = finding;
  // Of a list of keys it cannot be told which one is meant.
  const text = field === undefined ? undefined : (now.sealed[field] ?? now.keys[field]);
  return (
    <li class={`finding ${severity}`} data-code={code}>
      <div class="finding-head">
        <span class="badge">{icons[severity]}</span>
        <span class="tag">{t.findings.severity[severity]}</span>
        <code>{code}</code>
        {field && <code class="field-name">{field}</code>}
        {repaired && (
          <span class="tag proven" title={t.findings.provenTitle}>
            <RepairIcon />
            {t.findings.proven}
          </span>
        )}
      </div>
      <p class="what">{say(finding)}</p>
      <p class="fix">
        <b>{t.findings.fix}: </b>
        {say(fix)}
      </p>
      {at?.length && field && typeof text === 'string' ? (
        <details open={first}>
          <summary>{t.findings.show(field)}</summary>
          <Damaged field={field} text={text} at={at} />
        </details>
      ) : null}
    </li>
  );
}

/** For an issue or a colleague: the texts of the findings hold neither payload nor key. */
const asText = (findings: Finding[], language: Language): string =>
  findings
    .map(
      (finding) =>
        `${finding.code}${finding.field ? ` (${finding.field})` : ''}: ${finding[language]}\n→ ${finding.fix[language]}`,
    )
    .join('\n\n');
