import type { Explanation } from '../../core/types';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Fact } from './fact';

/** The meaning of a platform's response, and who is responsible. */
export function ResponseExplanation({ explanation }: { explanation: Explanation }) {
  const { t, say } = useMessages();
  const { error, code, subCode, known, meaning, action, retry, responsible, fix, rid, source } = explanation;
  return (
    <section class="card" id="response" aria-labelledby="response-heading" data-code={code ?? ''}>
      <h2 id="response-heading">{t.response.heading}</h2>
      {error && !known && (
        <p>
          <span class="tag warn">{t.response.unknown}</span>
        </p>
      )}
      <p class="what">{say(meaning)}</p>
      {error && (
        <p class="fix">
          <b>{t.response.fix + t.punctuation.colon}</b>
          {say(fix)}
        </p>
      )}
      <dl class="facts">
        {code && (
          <Fact name={t.response.code}>
            <code>{code}</code>
          </Fact>
        )}
        {subCode && (
          <Fact name={t.response.subCode}>
            <code>{subCode}</code>
          </Fact>
        )}
        {error && <Fact name={t.response.responsible}>{t.response.parties[responsible]}</Fact>}
        {error && (
          <Fact name={t.response.action}>
            {t.response.actions[action]} <code>{action}</code>
          </Fact>
        )}
        {error && <Fact name={t.response.retry}>{t.response.retries[`${retry}`]}</Fact>}
        {rid && (
          <Fact name={t.response.rid}>
            <code>{rid}</code> <Copy small text={() => rid} label={`${t.verdict.copy} rid`} />
          </Fact>
        )}
        {source && <Fact name={t.response.source}>{source}</Fact>}
      </dl>
    </section>
  );
}
