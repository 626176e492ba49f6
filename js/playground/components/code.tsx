import { useState } from 'preact/hooks';
import type { Platform } from '../../core/types';
import { type ServerEnvironment, snippets } from '../content/snippets';
import { useMessages } from '../state/settings';
import { Copy } from './copy';
import { Tabs } from './tabs';

/** The code for the server, with a tab for each environment. */
export function Code({ platform, fields, isResponse }: { platform: Platform; fields: string[]; isResponse: boolean }) {
  const { t, language } = useMessages();
  const [environment, setEnvironment] = useState<ServerEnvironment>('express');
  const all = snippets(platform, fields, isResponse, language);
  const snippet = all.find((snippet) => snippet.environment === environment) ?? all[0];
  return (
    <section class="card" id="code" aria-labelledby="code-heading">
      <h2 id="code-heading">{t.code.heading}</h2>
      {!snippet && <p>{t.code.none}</p>}
      {snippet && (
        <Tabs
          label={t.code.heading}
          tabs={all.map(({ environment }) => ({ id: environment, label: t.code.environments[environment] }))}
          selected={snippet.environment}
          onSelect={setEnvironment}
        >
          <p class="hint">{t.code.about[snippet.environment]}</p>
          <div class="snippet">
            <div class="heading-row">
              <code>{snippet.file}</code>
              <Copy small text={() => snippet.code} label={t.code.copy} />
            </div>
            <pre class="mono" tabIndex={0} role="region" aria-label={snippet.file}>
              <code>
                {tokens(snippet.code).map(([kind, text], index) =>
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

/** Matches comments, strings and keywords. The page highlights only its own snippets, which need no other rules. */
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
