// What the part `words` reads: the prose of a file (comments, texts, Markdown), and the names that a file declares.
import { extname } from 'node:path';
import ts from 'typescript';

const SCRIPT = new Set(['.ts', '.tsx', '.mjs', '.js', '.cjs', '.jsx']);
const MARKUP = /\.(md|html|vue)$/;

const lineOf = (text, offset) => text.slice(0, offset).split('\n').length;

/** Comments of a run of lines are one text: a sentence often goes on in the next line. */
function joined(comments) {
  const texts = [];
  for (const comment of comments) {
    const last = texts.at(-1);
    if (last && comment.line === last.endLine + 1 && comment.single && last.single) {
      last.text += ` ${comment.text}`;
      last.endLine = comment.line;
    } else texts.push({ ...comment, endLine: comment.line });
  }
  return texts.map(({ line, text }) => ({ line, text, comment: true }));
}

const stripComment = (text) => text.replace(/^\s*(\/\/[/!]?|\/\*\*?|\*(?!\/)|#)/gm, ' ').replace(/\*\/\s*$/, '');

function scriptProse(path, text) {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : undefined,
  );
  const comments = new Map();
  const texts = [];
  const addComments = (ranges) => {
    for (const { pos, end, kind } of ranges ?? [])
      comments.set(pos, {
        line: lineOf(text, pos),
        text: stripComment(text.slice(pos, end)),
        single: kind === ts.SyntaxKind.SingleLineCommentTrivia,
      });
  };
  const visit = (node) => {
    // A comment belongs to the first token after it, which has no children.
    if (node.kind !== ts.SyntaxKind.JsxText) {
      addComments(ts.getLeadingCommentRanges(text, node.getFullStart()));
      addComments(ts.getTrailingCommentRanges(text, node.getEnd()));
    }
    if (
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddle(node) ||
      ts.isTemplateTail(node) ||
      ts.isJsxText(node)
    ) {
      if (!ts.isImportDeclaration(node.parent)) texts.push({ line: lineOf(text, node.getStart()), text: node.text });
    }
    for (const child of node.getChildren()) visit(child);
  };
  visit(source);
  const sorted = [...comments.entries()].sort(([a], [b]) => a - b).map(([, comment]) => comment);
  return [...joined(sorted), ...texts];
}

const RUST_TOKENS =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\\n]|\\[^\n]{1,8})'|[A-Za-z_]\w*|[^\s]/g;

function rustTokens(text) {
  return [...text.matchAll(RUST_TOKENS)].map((match) => ({ text: match[0], offset: match.index }));
}

function rustProse(text) {
  const comments = [];
  const texts = [];
  for (const { text: token, offset } of rustTokens(text)) {
    const line = lineOf(text, offset);
    if (token.startsWith('//')) comments.push({ line, text: stripComment(token), single: true });
    else if (token.startsWith('/*')) comments.push({ line, text: stripComment(token), single: false });
    else if (/^b?r?#*"/.test(token)) texts.push({ line, text: token.replace(/^b?r?#*"|"#*$/g, '') });
  }
  return [...joined(comments), ...texts];
}

/** Paragraphs of Markdown, without blocks of code: those are read as code of their language. */
function markdownProse(path, text) {
  const prose = [];
  let paragraph;
  let fence;
  text.split('\n').forEach((line, index) => {
    const mark = line.match(/^\s*(```+|~~~+)(\w*)/);
    if (fence) {
      if (mark && line.trim() === fence.mark) {
        const code = fence.lines.join('\n');
        if (SCRIPT.has(`.${fence.language}`))
          for (const part of scriptProse(`block.${fence.language}`, code))
            prose.push({ ...part, line: part.line + fence.line, sample: true });
        fence = undefined;
      } else fence.lines.push(line);
      return;
    }
    if (mark) {
      fence = { mark: mark[1], language: mark[2], line: index + 1, lines: [] };
      paragraph = undefined;
    } else if (!line.trim() || /^\s*([-*|#]|\d+\.)/.test(line)) {
      paragraph = { line: index + 1, text: line };
      if (line.trim()) prose.push(paragraph);
      if (!line.trim()) paragraph = undefined;
    } else if (paragraph) paragraph.text += ` ${line}`;
    else {
      paragraph = { line: index + 1, text: line };
      prose.push(paragraph);
    }
  });
  return prose;
}

const plainLines = (text) => text.split('\n').map((line, index) => ({ line: index + 1, text: stripComment(line) }));

/** A file's prose: `{ line, text }`, `comment` where it is a comment, `sample` where it is in a block of code of a page. */
export function proseOf(path, text) {
  const kind = extname(path);
  const prose = SCRIPT.has(kind)
    ? scriptProse(path, text)
    : kind === '.rs'
      ? rustProse(text)
      : MARKUP.test(path)
        ? markdownProse(path, text)
        : plainLines(text);
  return prose.map((part) => ({ ...part, text: part.text.replace(/\s+/g, ' ').trim() })).filter(({ text }) => text);
}

function scriptNames(path, text) {
  const source = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : undefined,
  );
  const names = [];
  const visit = (node) => {
    const isDeclared =
      ts.isIdentifier(node) && node.parent && node.parent.name === node && !ts.isPropertyAccessExpression(node.parent);
    if (isDeclared) names.push({ line: lineOf(text, node.getStart()), name: node.text });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** Rust: every name except members, which stand after `.` or `::`: many of them are names of the standard library. */
function rustNames(text) {
  const tokens = rustTokens(text).filter(({ text: token }) => !/^(\/\/|\/\*)/.test(token));
  return tokens.flatMap(({ text: name, offset }, index) => {
    if (!/^[a-z_]\w*$/.test(name)) return [];
    const before = tokens[index - 1]?.text;
    const isMember = before === '.' || (before === ':' && tokens[index - 2]?.text === ':');
    return isMember ? [] : [{ line: lineOf(text, offset), name }];
  });
}

/** The names that a file declares: `{ line, name }`. */
export function namesOf(path, text) {
  if (SCRIPT.has(extname(path))) return scriptNames(path, text);
  return extname(path) === '.rs' ? rustNames(text) : [];
}
