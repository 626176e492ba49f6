import type { Finding } from '../../core/types';
import type { Language } from '../content/messages';
import type { PlaygroundState } from '../state/playground-state';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Damaged } from './damaged';
import { BadIcon, InfoIcon, RepairIcon, WarnIcon } from './icons';

/** The findings of the core, the most probable cause first. */
export function Findings({ findings, state }: { findings: Finding[]; state: PlaygroundState }) {
  const { t, language } = useMessages();
  if (!findings.length) return null;
  return (
    <section class="card" aria-labelledby="findings-heading">
      <div class="heading-row">
        <h2 id="findings-heading">
          {findings.some(({ severity }) => severity === 'error') ? t.findings.heading : t.findings.remarks}
        </h2>
        <Copy
          small
          text={() => asText(findings, language)}
          label={t.findings.copy + t.punctuation.stop + t.findings.copyHint}
        />
      </div>
      <ol class="findings">
        {findings.map((finding, index) => (
          <Row key={`${finding.code} ${finding.field}`} finding={finding} state={state} first={index === 0} />
        ))}
      </ol>
    </section>
  );
}

const icons = { error: <BadIcon />, warning: <WarnIcon />, info: <InfoIcon /> };

function Row({ finding, state, first }: { finding: Finding; state: PlaygroundState; first: boolean }) {
  const { t, say } = useMessages();
  const { code, field, severity, repaired, fix, at } = finding;
  // A value may be a list of keys. A finding does not say which key of the list is damaged, so lists are not marked.
  const text = field === undefined ? undefined : (state.sealed[field] ?? state.keys[field]);
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
        <b>{t.findings.fix + t.punctuation.colon}</b>
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

/** The findings as text, for an issue or a colleague. The texts of findings contain neither payloads nor keys. */
const asText = (findings: Finding[], language: Language): string =>
  findings
    .map(
      (finding) =>
        `${[finding.code, finding.field].filter(Boolean).join(' → ')}\n${finding[language]}\n${finding.fix[language]}`,
    )
    .join('\n\n');
