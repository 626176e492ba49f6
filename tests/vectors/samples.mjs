// Samples that the generator did not seal or sign itself: from the platforms' documentation, or sealed by another
// implementation (Python's `cryptography`). See SOURCES.md. All phone numbers are documentation numbers.

/** WeChat's own sample: user info. There is no official phone sample. */
export const wechatSample = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'tiihtNczf5v6AKRyjwEUhQ==',
  encryptedData:
    'CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==',
  iv: 'r7BXXKkLb8qrSNn05n0qiA==',
};

/** Sealed by another implementation: 13800138000. */
export const wechatMainland = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'UT6JR1WeDYk+MFa9i6iegQ==',
  encryptedData:
    'Nq4O+aRYcczeFDHidkzSU+x4CuLV4PoTNpIhBcqlSQgM6bJZ7W9kV+uZ4sfx/gZ+R6crw71yudvb7UiWmWxtJCReWtKITwAn/hV9C6keIzE3cQkJ88q2lx87G1+FJJ9HGthmEDegTdmMl73hjOj3zkpKGLU0xYq4njDou/k8uYxqqj3X3NDYVWAeRLR2PReUz8i10P7t8vLuwbpAcyOfjg==',
  iv: 'cS7KglbBWSaJnX4WebQcKg==',
};

/** Sealed by another implementation: +85251234567. */
export const wechatHongKong = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'UiDI/+DJpdZ1aIWOVd78Ag==',
  encryptedData:
    'VJXgISyklJ+cPjMH5brIezwTGcY/8gF+2+tBEQrYorhtFbNxIXuyZD+j+k3sdAK69Q4g9VxZrEhplVYTz9IyYL41HITm7iUVLTN8xcB3AGywbJ3N45mgZU+yMFzMRq3OyXSLbAHsKwcnXwfhjAE+5safsTF18/Je0NgBMN4GE+OjgfcBTiKRLAW3wjet3rpoImy8FZL/66cGoFZfOPskOA==',
  iv: 'l+fmM/M3Kl8Mksyh6Mtpxg==',
};

/** Sealed by another implementation: the country code is a number. */
export const wechatCountryNumber = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'GhfC+6UDEHkjnzG4AqmLEw==',
  encryptedData:
    'QNA7g0nhpsMBZC1ou0zs3FyVcqoNcoS0/jk4/Jqf8aRys2AaQHmD0fqxfmHcoKx40VVbmkyS6IOHZp0WoERl1wZ6sFEvLZavOX4ca3qDEa94z9HL7IvfGNKYABz0u90KlgflNSeVi00ks5a3G4tzR4yZ+RcEya6koeGoiWQ9ehhw+nuJ7FRqZ//c1/ncjVnFQG7zeyNkjSFjauc1/GNwCw==',
  iv: 'f2pIn1wg6yC6v75pFhSEQg==',
};

/** Sealed by another implementation: no watermark. */
export const wechatNoWatermark = {
  appId: 'wx4f4bc4dec97d474b',
  sessionKey: 'Pd9k0CPvvD9ba9uNe33y8w==',
  encryptedData:
    'gl8OSR4EmXJ/DUsskrZowxYbIGQ/BbKM4kqj1iRDZynPiVOU2O8Lsy/f8lstswaIR1A88G/KX7GwSaMS1NRG1qQg2Wy64rSe/73GCeflukHsKgmHwTjIaZ8zphcUXWHS',
  iv: 'U/UYW2RU7AM/D81XZvblDw==',
};

/** WeChat's own sample of a rawData signature. */
export const wechatSignature = {
  rawData:
    '{"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}',
  sessionKey: 'HyVFkGl5F5OQWJZZaNzBBg==',
  signature: '75e81ceda165f4ffa64f4068af58c64b8f54b88c',
};

/** Sealed and signed by another implementation: 13800138000, RSA2. */
export const alipayMainland = {
  response: 'igATcyTqqgv1AFpBiHJyVf94zn4d80DWhHrnUhty+8RANJYRclz7h18/tips8L5UTuMmNV7rHGCs+h7uZSZZQQ==',
  sign: 'JiYFVawV1ee6wE5hwWKN/WNc8NzSbZ6eCGtyUE1Fm11CAB9++OavNwaghfPDeeqjx5sdvGldglU6BfsC+WXo66kOX13ViJR+Hc4FIklmx3LsWiEfBvrrPZVxzIis/eDTo6N9F9OiPgbV4CArYlP1gKAX8aNAZieFPBYKEt2T/mrxIuut+0sqIm6odPewRoH83zKk75uwi+PWjcFEM6ZZUR7k61ufjLEl+ZKiAu/aJraJrzeSmPngZvunLZv1z86jy72BrLzQ/88vGbY39PZzREuLBLJZpl3YTSfcY1pJNv0ZTJqBfPROMSAOvtZ1JnZRQ4uEF5a4MQelhBKhKZmFzQ==',
  alipayPublicKey:
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq9Hs3szV4QQKsqE4ttYR8W+HJyj4IItasZIqAhPxdnBbNs1B5WGzymlqYkUZUWNA8dpMwkR7TSjEa6zPKKzs7tF8FSodEOlzwejiOzGx2rTMBLs/bj9W7wmBzjgde+ApBW2R7279uSEj8Fusq30J0ea+Up3SGGr1FdA4NHlGc3M7pghleI89PKTkOJdi1AO9RiTCXI0YXvrxDES14AiVVEy9ObHNhJ61G9t/Xi6gAwZ8wgRxtzdNXewi3qC8EmQY+bBWjE62OMdR49sBCR3TRqL9+ErulYai91mrzgAqlKC1mOIz24EXx4VyKZa+j9aDsFPcErDGnrgqsWeFp1K8PQIDAQAB',
  aesKey: 'AAECAwQFBgcICQoLDA0ODw==',
};

/** The same ciphertext, signed with RSA (SHA-1) and a key of 1024 bits. */
export const alipaySha1 = {
  sign: 'rWJmxfe94UyT+7/MgJxVSbm5Oj0ejH4uCJbZmt5MA3iAz9s5bdeeztD2MjgniVRxrxEQfiH+4pqKbC2RQV8KxL1tWAr2RZx8CDDoxm7B97bp9lt4IH9Uf8fcIF9pIaX4rAE7/6/T4xMcuLQC/pteAm+Dw/a6IBn86yULPFfhYfQ=',
  alipayPublicKey:
    'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDSXFeC/yJWdVfNbeOMolckeYpIDLLDSwlEWEvDeBVm9N/SPyUBFy8A6X7e3dz4+bU5t+CbvgnaiWW6iIKyzKwjbxHIusYebLsmTTzI/5q11cY1MNu+rR3sap0CWDFnVisvKsTDpj/tsQxI+PvCmgvkEpcgY4gbKi5GUeCq4cwbawIDAQAB',
};

/** The same ciphertext, signed without its quotes. */
export const alipayNoQuotes = {
  sign: 'HuZ/C0VzlYrpGItwx58/Hyd/BTi599PYBovay7hvPkkGWDb08EdH+kcvBOAm9wzRbAiygrDK/xJml4x+KtCWT0WiI5gzzPc4btiauVSWcW96DBpz6/JJc5fudFqJyhyABi/XawYGqKsKOyT+iqbd8OjIlPQrx7xGsG5UwsQgBKN1F5ix1j5gZRH2FHz4uzzl0dSKezL0tWJy/MKe8F4SQuko5wCsFYvSOEYGdWmZ1FbKdf9iVSfe51hHacZfekgAIhimy3UuB50+8QW8liIvNEPpPFyrtyrb34jYYI1pgXVCfEjtiSKOnq2hCvY5l/nP4yDIXkNC4O0o16toy69CFw==',
};

/** Sealed and signed by another implementation: 1-2025550123. */
export const alipayOverseas = {
  response: 'igATcyTqqgv1AFpBiHJyVf94zn4d80DWhHrnUhty+8R97qe9WVATES8GClcl8y7+A/Qxro9YKCMRk7R7CVPxKg==',
  sign: 'jIohTGh4oDIEsr3qAAe9mEwshle+NDt/GZ/BJZG6U7gijccOJ26Wf94hEvFhR1RBU6Wwe9gkvwCRe2aTiupEHwFHggttvu3jOnT0Rlz+h6mbtVIdf8x9sDgDddxEwp8iTACeQdkkCHFBSQRa65dZa0nynZ7xG/kIoA+bI+24aViSswl7Q4i/FwHL1Dq0k7Su0bsUexLm96fe0wZ20g7FWbbkAApyYrG63vuBo1/KXQ27JlLq1/AJlbF9L/jojaffPDWGpNGtiPoVJwJw/TqpXmtCJkR5WGC2uvapgrBxavyPylX95FE3F2BPLFYXqXDVDglcdRQJn1Ki/Z9hDW0fCQ==',
};

/** Sealed and signed by another implementation: an account without a number. */
export const alipayEmpty = {
  response: 'igATcyTqqgv1AFpBiHJyVf94zn4d80DWhHrnUhty+8QiKjFlNGEnUaIa0dAXQ1Tx',
  sign: 'NH0uLsxZGLAEXcfIW3GiXVV/NJlOymx1J/4aM+G8Ev32wp4+/pp3ewHoQcVFdPwsJg73dZPEOKXcP+rgjx2V/K+fdxUg5l5yPFOXKezyBfEArgWFj8ozZunZbQ6SHhkZUYXAYBu+XTDcJScjY7khAU5JwIqmZgsAhFw2Yb0a1W+E1bJ3yIFx0w1sYtU1t3mGJsQDy4hvwp3wliw7BA9x2ThWVSGd1LeQTssXnqwYxq7nLypiUZdd8PHE7Q/1j8Gag/YKhE1sgAaKxSflkayI5qAHVjBQPWR6y5V5wkJHkl8UMwpmsYFxH/jyKbwHVcSU3iSd131ECGS826ps5zwAGw==',
};

/** Sealed and signed by another implementation: error 40003. */
export const alipayRefusal = {
  response:
    'LFqrqy6PHjHzE9X/nAeInz8poTDBsL1EAnZQGdjnjIbfN7AInVwHaTZhNm1JKv2eLVlhGIQVGtFEBWrQO5i7zNaxN3Rb4TDVg5o26rPUMGbmtbVI0fEYc3QI3Wl/zOjkdBxOaqizs3j3IAo/uIODLnhAYxya9mfQaRzzSabM9pY=',
  sign: 'QNDdHON8MYsGFw6J3+ca4HWxLhvJGzwrXZzzzp95vd5QFC8FkIb6D9EHJQnFQzbx1WonmCNp43Ls7MVgQYew13pecLswDb3PeMHYPKRdllYEEcqOwFHd+W6LonhsPN5N2XPpQiZJmNQRvsny+1M3ByutTDRW2os1WnQ7B7Rz1g/zzGfNrHrTE/hzEGQ+l14ZOz/j/BRXZCDvB6/jJIktKatTTiRykLKCNAldBzpNUyyjj9QzB4/hi0jLatRH/xEMo48yt+AR5pXbXG+QPjZ21vDjVJ8cSY2v0mh+P189xO++9LLphv6Qzi13gaLcX5+4EV45x5kamzF0fw7f8m/r+g==',
};

/** Baidu's own sample: user info, with 28 bytes of padding. Its session key looks like 32 hexadecimal digits, but is base64. */
export const baiduSample = {
  appKey: 'y2dTfnWfkx2OXttMEMWlGHoB1KzMogm7',
  sessionKey: '1df09d0a1677dd72b8325aec59576e0c',
  encryptedData:
    'OpCoJgs7RrVgaMNDixIvaCIyV2SFDBNLivgkVqtzq2GC10egsn+PKmQ/+5q+chT8xzldLUog2haTItyIkKyvzvmXonBQLIMeq54axAu9c3KG8IhpFD6+ymHocmx07ZKi7eED3t0KyIxJgRNSDkFk5RV1ZP2mSWa7ZgCXXcAbP0RsiUcvhcJfrSwlpsm0E1YJzKpYy429xrEEGvK+gfL+Cw==',
  iv: '1df09d0a1677dd72b8325Q==',
};

/** Sealed by another implementation: the phone payload of the button page. */
export const baiduMobile = {
  appKey: 'SyntheticAppKey0123456789abcdefg',
  sessionKey: 'cfcbf4076da2a793eeba492db7893be2',
  encryptedData:
    'MIpRZ/AW7g8sCVF1yGRRLk9+tY/1iTNdJSn1poo6Uh28Wky7Y3cqwPgqaP+hiRchlKx0UqWIsHaoKYvezTqB2Sv41HRLntLTNuM3ZCZPPrJAQjSBEtVL95mULDj3jUeu',
  iv: 'nPGWHOPfrfiMhqQ4LZMVrA==',
};

/** Sealed by another implementation: a content of 331 bytes. */
export const baiduLong = {
  appKey: 'SyntheticAppKey0123456789abcdefg',
  sessionKey: 'c2430e20a6014e2f9aab8a7c07bed3a3',
  encryptedData:
    'OixAFZ5S1EDvvwm82uyOCrLdYoovgmM5W7ih4q471Xedd6vl9D6aVR3UE5sd9bWJzrXrL5CCjRRARxRJzQgr83yEsBIee7OVCzzQId0pA0rFe1vM2b5G8YNTBCDi1zURM8o8JlvqY5TT5T3jpN6OIxJPg4/lXc2VmgJa0icdL7HSkds3NPtmZnffXueXmhxXJotX+rcpzkU38lWnKSIoGA5NSMfdQQ0loYYyg/dT+btzG75ATwvHlirpcJzdj56egsVp2OfdfCChMMbz/Hz0R6XQGIT8+DSUOPLgi+AgIh/0lwM5cZx7hBxbz/SUz62ByXVucjCebQSG9LOBKeYYH5lSqB4WglL9YHfie84DxyLQQR3txLLC0T2CXeAE/y0a95B1NOkS0OTVKhmdAgrWgiE/T0rh8zqOloReDGTo/b9YTTDR2mBdnopIaawQzIWK9osAwUHvcFfmruHeQtp3VI3sCDp5k9KipAL5txj4Y4f7xTAv1jl8B+Hj5pqkLa2o',
  iv: 'F1+lUAMOo942/vBRlWZLGw==',
};

/** Sealed by another implementation: the session-key flow. */
export const douyinLegacy = {
  appId: 'ttabcdef0123456789',
  sessionKey: 'EBESExQVFhcYGRobHB0eHw==',
  encryptedData:
    'QdjkLa2swiJqTYVQYRdazsiDeKvfsmb37/IRA6Fj+g77hAv0u3laRwuxuQtP5PiBgcCeQF3Jzf7YGe6HHpFaFnFRLs0MGotfv/o2WzQS4+KgBNKM6zprWQZLuGZPYFTsE5fUF6rw2mqgggyht9X+DOjCZJxW+5NVB9KF4jOXCQVFDfaYH4cGoqCPSeb5im3B88IkaVsyLfbFE7OGuGvOIQ==',
  iv: 'ICEiIyQlJicoKSorLC0uLw==',
};

/** Encrypted by another implementation for the key `douyin` of keys.json: the `data` of a response of get_phonenumber_info. */
export const douyinCode = {
  appId: 'ttabcdef0123456789',
  data: 'OmjrqYd9Nq8tAYsCTxnQLzF6zA6KIN/oT2gkUOl3vvyli6sup+8y6GtbkEU627xNe1HO3XsnkbkRwK49mXpHrN1+VDKXJaPVx1FS3YioF4lw9pd3ooTnifHxCUX280TCzAaB7YB3b0pdFtoXqX0mngXQH7NubIA7B5pCKdLp4uI4HWuyR8BJbRvpO9IrTtgeBUkpGUv6jn0s88zZRJudYH6yVRTZ4mYRk/Y9VrT2dkWnwo/q5GXUOri0vwbrEpLw45IilvbGBthlL/nYD7jDsqFIHX8xlMpzKBNwQNSc90izIyNvFHhZDrDA/25cVhGmjzlmc7PC8+08s6J509DaLg==',
};

/** Signed by another implementation: rawData with Chinese text. */
export const douyinSignature = {
  rawData:
    '{"nickName":"测试","avatarUrl":"https://example.com/a.png","gender":0,"city":"","province":"","country":"中国","language":""}',
  sessionKey: 'EBESExQVFhcYGRobHB0eHw==',
  signature: 'ec4dd8f4441287fb8fb89534a35983edd9aca397',
};

/** Douyin's own sample of a login-state signature. */
export const douyinLoginState = {
  sessionKey: '724edcafc423d167724edcbe',
  body: '{"foo":"bar"}',
  signature: '44b5092fa1c9adba03803239934d4958b8a1840adf0cee8d5e95c1cf5d495e0e',
};

/** WeChat's own sample of a login-state signature (POST), and the one of an empty body under the same key. */
export const wechatLoginState = {
  sessionKey: 'o0q0otL8aEzpcZL/FT9WsQ==',
  body: '{"foo":"bar"}',
  signature: '654571f79995b2ce1e149e53c0a33dc39c0a74090db514261454e8dbe432aa0b',
  emptySignature: '46e043c5525c2d817c44be603d30837a808a1d930d038f6fdc3e62a201fed128',
};

/** Sealed by another implementation: 13580006666. */
export const kuaishouMainland = {
  sessionKey: '57Hze9eovjjduLJAwbtKWQ==',
  encryptedData:
    'BGRtz6CtRfbQ3yr6YM0hV7VXCczpI/7d8caGijK2oU+U1riKt9JkAbZLcIRkVvn5ArqRYRjQ3HTyPntr3mulfw7lzbJTTyC2boaFXptPNldq9AHGYMbO3o9iXOzJINOGf1qqIX703QW1T6tpvcJBrkqhHVDS7LAM5PNI7wgdw6ASdJGpZiZCi2CTPGDYdVCMgdJ2ZUsL1yIj6KQjvG/hyA==',
  iv: 'KAFBPlnsfbXwY0pwoKMsQQ==',
};

/** Signed by another implementation. */
export const kuaishouSignature = {
  rawData: '{"nickName":"Band"}',
  sessionKey: '5sPGuWuX3Byy5wCIv7XGUA==',
  signature: '81e1fc9a47ee660bebeb7d910ef0a3f638e5484b',
};

/** Sealed by another implementation with a key of 24 bytes. */
export const xiaohongshuKey24 = {
  sessionKey: '5TnuAZwjv40Yp7oQu3mjHvqmvgijqm88',
  encryptedData:
    'gKWcNDf439e6aJq0cRFB/Sf+bcUt03Urp+KDxaU4Jeqp57+hwsTwMvtCMQF/CDdmsl7xV7FQg+1AbdH1aYTC+335xGe1CTrem8RBuRJPJs+Oe9Wghto0SXU+Wyu+uLs0',
  iv: 'ZPYvhA1E2WZ0QhguXAAPCg==',
};

/** Sealed by another implementation with a key of 16 bytes. */
export const xiaohongshuKey16 = {
  sessionKey: 'uLNSQ6QkhL2Gvgym97hkuQ==',
  encryptedData:
    '2i33nERbHnHBOo2arRqTyDrlDzsrB2CfNJ4ngcr4ZvJcOLLna4cm7Ead4E4P6cMAMNwW5CMjoXB8rWjQ7v8MJMd0vGqOW8Mu1LxMHiFWFCCG7f6KzOjFRoGk6DP2+pug',
  iv: 'm2FT8WOnnjSM8PXlWGJK3w==',
};
