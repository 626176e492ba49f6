// The rules of the part `words`: expressions that prose must not contain, each with its plain form; and identifiers that
// say nothing. The glossary in CONTRIBUTING.md has the words to use.

/**
 * English: `[expression, plain form, expression of texts in which it is allowed]`. Matched in comments, texts and Markdown,
 * without code in backticks, in upper and lower case.
 */
export const ENGLISH = [
  // A member of readPhone has this name.
  [/\banswer(s|ed|ing)?\b/, 'response; responds, returns', /\banswer: /],
  [/\brepl(y|ies|ied)\b/, 'response; responds'],
  // An application refuses a number.
  [
    /\brefus(e|es|ed|ing)\b/,
    'reject; a user declines',
    /application|onPhone|PhoneRefusal|phone refused|connection refused/i,
  ],
  [/\bwhoever\b/, 'name the person or the caller'],
  [/\bwherever\b/, 'where, everywhere that'],
  [/\bwho (comes|asks|has been|holds|wants|is asked)\b/, 'name the subject: a user who …, a client that …'],
  [
    /\bwhat (comes|came|goes|is left|arrives|stands|is given|was given|it was given|is handed|lies)\b/,
    'name the thing: the value, the request, the payload',
  ],
  [/\b(is|are|was|were|be) none\b/, 'is not a …'],
  [/\bby way of\b/, 'through'],
  [/\bfor ever\b/, 'forever, indefinitely'],
  [/\b(can|could|cannot|to) be had\b/, 'is available, can be obtained'],
  [/\bwhose turn\b/, 'who is responsible'],
  [/\bhand(s|ed|ing)? (in|over|on|out)\b/, 'pass, send, submit, return, write back'],
  [/\bspoil(s|ed|t|ing)?\b/, 'corrupt, garble, damage'],
  [/\b(is|are|was|were|be|been) looked at\b/, 'is checked, is inspected'],
  [/\blooks? at\b/, 'checks, inspects, reads'],
  [/\bjudg(e|es|ed|ing|ement)\b/, 'classify, decide, check'],
  [/\b(told|tell|tells) apart\b/, 'distinguish'],
  [/\bcommonest\b/, 'most common'],
  [/\bbut for\b/, 'except'],
  [/\banew\b/, 'again'],
  [/\bold way\b/, 'older flow: name it'],
  [/\bnew way\b/, 'newer flow: name it'],
  [/\b(store|server|platform|redis|process) (is|was|being|goes|stays|were) away\b/, 'unavailable'],
  [/\bgets? to know\b/, 'learns'],
  [/\bin each other's way\b/, 'interfere'],
  [/(?<!long )\bas it is\b/, 'unchanged, as received'],
  [/\b(unless|than|as|was|is|are|were) given\b/, 'passed, set, received'],
  [/\bgiven out\b/, 'returned, exposed'],
  [/\bgave\b/, 'returned, sent'],
  [/\bdoes(n't| not) mind\b/, 'is not affected by'],
  [/(?<!so )\bthat there (is|are)\b/, 'available, existing'],
  [/\bcomes? to nothing\b/, 'fails'],
  [/\bno more than\b/, 'at most'],
  [/\blet through\b/, 'accepted'],
  [/\bcounts? for nothing\b/, 'is ignored'],
  [/\bas often as\b/, 'each time'],
];

/** Chinese: `[expression, plain form]`. */
export const CHINESE = [
  [/应答|回包/, '响应'],
  [/宿主/, '小程序环境'],
  [/未证实|未获证实|未被证明|未经证明/, '未经验证'],
  [
    /(服务|服务端|内核|命令|页面|程序|模块|按钮|库|包|工具|接口)(说|知道|认识|认得|读懂|看懂|明白|记得|以为)/,
    '改为客观表述',
  ],
  [/它(?!们?的键)/, '写出名词'],
  [/[\u4e00-\u9fff] +[\u4e00-\u9fff]/, '汉字之间不留空格'],
  // The second text is a platform's own.
  [/[\u4e00-\u9fff][,;:?!](?![\w/\\])|[,;?!](?=[\u4e00-\u9fff])/, '全角标点', /access_token过期,请刷新/],
  [/[\u4e00-\u9fff]\([^)]*[\u4e00-\u9fff][^)]*\)/, '全角括号'],
];

/** Identifiers that say nothing of their value, as a whole: participles, pronouns and numerals. */
export const IDENTIFIERS = new Set(
  (
    'one given them told looked made seen kept said asked got done found whole spoiled begun taken wanted meant tried ' +
    'brought gone shown heard held lost came went thing things stuff it its that this_one what who whose which'
  ).split(' '),
);
