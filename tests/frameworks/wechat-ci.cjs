// Runs WeChat's own tools (miniprogram-ci), without a network and without a login.
//
// node wechat-ci.cjs <the toolchain's node_modules> npm <project>            "build npm" of the devtools
// node wechat-ci.cjs <the toolchain's node_modules> compile <project> <zip>  writes the files that run on phones
const { createRequire } = require('node:module');
const { join } = require('node:path');

const [toolchain, label, projectPath, zip] = process.argv.slice(2);
const ci = createRequire(join(toolchain, 'index.js'))('miniprogram-ci');

async function run() {
  const project = new ci.Project({
    appid: 'wx0000000000000000',
    type: 'miniProgram',
    projectPath,
    // Required, but unused, because nothing is uploaded.
    privateKey: 'none',
    ignores: ['node_modules/**/*'],
    // Undocumented, of version 2.1.42: replaces a request to WeChat's server.
    attr: async () => ({
      appType: 0,
      platform: true,
      released: false,
      setting: {
        MaxCodeSize: 2,
        MaxSubpackageSubCodeSize: 2,
        MaxSubpackageFullCodeSize: 20,
        NavigateMiniprogramLimit: 10,
        MaxSubPackageLimit: 100,
        MinTabbarCount: 2,
        MaxTabbarCount: 5,
        MaxTabbarIconSize: 40,
      },
    }),
  });
  if (label === 'npm') {
    const warnings = await ci.packNpm(project, {});
    if (warnings.length) throw new Error(JSON.stringify(warnings));
  } else {
    await ci.getCompiledResult({ project, version: '1', setting: { es6: true, es7: true, minify: true } }, zip);
  }
}

// miniprogram-ci keeps the process alive after its work, so exit explicitly.
run().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
