import type { Explanation } from '../../core/types';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Fact } from './fact';

/** The meaning of a platform's response, and who is responsible. */
export function ResponseExplanation({ explanation }: { explanation: Explanation }) {
  const { t, say } = useMessages();
  const { error, code, subCode, known, meaning, action, retry, responsible, fix, rid, source } = explanation;
  return (
    <section class="card" id="answer" aria-labelledby="answer-heading" data-code={code ?? ''}>
      <h2 id="answer-heading">{t.answer.heading}</h2>
      {error && !known && (
        <p>
          <span class="tag warn">{t.answer.unknown}</span>
        </p>
      )}
      <p class="what">{say(meaning)}</p>
      {error && (
        <p class="fix">
          <b>{t.answer.fix}: </b>
          {say(fix)}
        </p>
      )}
      <dl class="facts">
        {code && (
          <Fact name={t.answer.code}>
            <code>{code}</code>
          </Fact>
        )}
        {subCode && (
          <Fact name={t.answer.subCode}>
            <code>{subCode}</code>
          </Fact>
        )}
        {error && <Fact name={t.answer.responsible}>{t.answer.parties[responsible]}</Fact>}
        {error && (
          <Fact name={t.answer.action}>
            {t.answer.actions[action]} <code>{action}</code>
          </Fact>
        )}
        {error && <Fact name={t.answer.retry}>{t.answer.retries[`${retry}`]}</Fact>}
        {rid && (
          <Fact name={t.answer.rid}>
            <code>{rid}</code> <Copy small text={() => rid} label={`${t.verdict.copy} rid`} />
          </Fact>
        )}
        {source && <Fact name={t.answer.source}>{source}</Fact>}
      </dl>
    </section>
  );
}
