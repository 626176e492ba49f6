// The part `words`: faults in every kind of file are found, and plain texts have none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from '../../js/build/words/check.mjs';
import { IDENTIFIERS } from '../../js/build/words/rules.mjs';

const rulesOf = (path, text) => faultsOf(path, text).map(({ line, text: excerpt }) => [line, excerpt]);

test('a forbidden expression is found in comments, texts and Markdown, with its line', () => {
  assert.deepEqual(rulesOf('a.ts', '\n// The store gave\n// nothing.\n'), [[2, 'The store gave nothing.']]);
  assert.deepEqual(rulesOf('a.mjs', "test('whoever sends a code', () => {});"), [[1, 'whoever sends a code']]);
  assert.equal(rulesOf('a.tsx', '<p>It is none of ours: an iv that is none.</p>').length, 1);
  assert.equal(rulesOf('a.rs', '/// An iv that is none.\nfn a() { panic!("spoiled text") }').length, 2);
  assert.deepEqual(rulesOf('a.md', 'Text\n\n- an item that\n  is refused\n')[0]?.[0], 3);
  assert.equal(rulesOf('a.toml', '# What comes first.').length, 1);
  assert.equal(rulesOf('a.json', '{"en": "Copy it anew."}').length, 1);
});

test('an expression that goes on in the next line of a comment is found', () => {
  assert.equal(rulesOf('a.ts', '/**\n * The store is\n * away.\n */').length, 1);
});

test('code, names of files, codes and placeholders are not prose', () => {
  assert.deepEqual(rulesOf('a.ts', '// `answer` of answers.mjs\nexport const code = "refused";'), []);
  assert.deepEqual(rulesOf('a.rs', 'panic!("{platform} {answer}")'), []);
  assert.deepEqual(rulesOf('a.ts', '// The application refuses a number with a PhoneRefusal.'), []);
});

test('Chinese: forbidden words, blanks that a template left, punctuation', () => {
  for (const text of ['平台的应答有误', '服务知道用户是谁', '该字段 不是文本', '没有 =,请检查', '重新登录;再试一次'])
    assert.equal(faultsOf('a.json', `{"zh": "${text}"}`).length, 1, text);
  assert.deepEqual(faultsOf('a.json', '{"zh": "平台的响应有误，请重新登录。"}'), []);
  assert.deepEqual(faultsOf('a.ts', '// Codes of dd.getAuthCode (免登), for in-app logins'), []);
});

test('an English comment in a sample of a Chinese page is found', () => {
  const page = (comment) => `中文\n\n\`\`\`js\nlogin(); // ${comment}\n\`\`\`\n`;
  assert.equal(faultsOf('README.zh-CN.md', page('logs in before the tap')).length, 1);
  assert.deepEqual(faultsOf('README.zh-CN.md', page('在点击之前登录')), []);
  assert.deepEqual(faultsOf('README.md', page('logs in before the tap')), []);
});

test('an identifier that says nothing is found where it is declared', () => {
  for (const name of IDENTIFIERS) {
    if (name === 'its' || name === 'it') continue;
    assert.equal(faultsOf('a.mjs', `const ${name} = 1;\nuse(${name});`).length, 1, name);
  }
  assert.equal(faultsOf('a.ts', 'function use({ found }: Result, [kept]: string[]) {}').length, 2);
  assert.equal(faultsOf('a.rs', 'fn a() { let seen = 1; }').length, 1);
  assert.deepEqual(faultsOf('a.rs', 'fn a() { iter.one(); value.kept }'), []);
});

test('a blank at the end of a line is found', () => {
  assert.equal(faultsOf('a.ts', 'const a = 1; \n').length, 1);
});

test('the glossary may name the words that it replaces', () => {
  const glossary = '## Words\n\n| reject | 拒绝 | refused |\n\n## Style\n\n';
  assert.deepEqual(faultsOf('CONTRIBUTING.md', glossary), []);
  assert.equal(faultsOf('CONTRIBUTING.md', `${glossary}It is refused.\n`).length, 1);
});
