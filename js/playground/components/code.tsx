import { useState } from 'preact/hooks';
import type { Platform } from '../../core/types';
import { type Host, snippets } from '../content/snippets';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Tabs } from './tabs';

/** What to put on the server, by host. */
export function Code({ platform, fields, isAnswer }: { platform: Platform; fields: string[]; isAnswer: boolean }) {
  const { t } = useMessages();
  const [host, setHost] = useState<Host>('express');
  const all = snippets(platform, fields, isAnswer);
  const displayed = all.find((snippet) => snippet.host === host) ?? all[0];
  return (
    <section class="card" id="code" aria-labelledby="code-heading">
      <h2 id="code-heading">{t.code.heading}</h2>
      {!displayed && <p>{t.code.none}</p>}
      {displayed && (
        <Tabs
          label={t.code.heading}
          tabs={all.map(({ host }) => ({ id: host, label: t.code.hosts[host] }))}
          selected={displayed.host}
          onSelect={setHost}
        >
          <p class="hint">{t.code.about[displayed.host]}</p>
          <div class="snippet">
            <div class="heading-row">
              <code>{displayed.file}</code>
              <Copy small text={() => displayed.code} label={t.code.copy} />
            </div>
            <pre class="mono" tabIndex={0} role="region" aria-label={displayed.file}>
              <code>
                {tokens(displayed.code).map(([kind, text], index) =>
                  kind ? (
                    <span key={index} class={kind}>
                      {text}
                    </span>
                  ) : (
                    text
                  ),
                )}
              </code>
            </pre>
          </div>
        </Tabs>
      )}
    </section>
  );
}

/** Comments, strings and keywords: enough colour for code that is ours. */
const token =
  /(?<comment>\/\/.*|\/\*[^]*?\*\/)|(?<string>'[^'\n]*'|`[^`]*`)|(?<keyword>\b(?:import|from|export|default|const|let|function|async|await|return|if|new|require)\b)/g;

function tokens(code: string): [kind: string | undefined, text: string][] {
  const tokens: [string | undefined, string][] = [];
  let reached = 0;
  for (const match of code.matchAll(token)) {
    tokens.push([undefined, code.slice(reached, match.index)]);
    tokens.push([Object.entries(match.groups!).find(([, text]) => text !== undefined)?.[0], match[0]]);
    reached = match.index + match[0].length;
  }
  return [...tokens, [undefined, code.slice(reached)]];
}
