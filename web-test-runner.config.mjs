import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { countsReporter } from './scripts/wtr-counts.mjs';
import { forcedColorsPlugin } from './scripts/wtr-forced-colors.mjs';
import { sandboxPlugin } from './scripts/wtr-sandbox.mjs';

/** nanostores asks for `process.env.NODE_ENV`; a browser has none. */
const nodeEnv = {
  name: 'node-env',
  transform: ({ body, response }) =>
    response.is('js') && body.includes('process.env.NODE_ENV')
      ? body.replaceAll('process.env.NODE_ENV', '"development"')
      : undefined,
};

/** A page behind another gets no animation frames; tell each it has the focus. */
async function createPage({ context }) {
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  await devtools.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return page;
}

export default {
  files: ['packages/*/src/**/*.test.ts', 'examples/*/**/*.test.ts', '!**/*.node.test.ts', '!**/node_modules/**'],
  nodeResolve: { exportConditions: ['@multiline/source', 'development', 'browser'] },
  plugins: [
    nodeEnv,
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'tsconfig.base.json' }),
    sandboxPlugin(),
    forcedColorsPlugin(),
  ],
  reporters: [defaultReporter({ reportTestProgress: false }), countsReporter()],
  testFramework: { config: { timeout: 25_000 } },
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 240_000,
  browsers: [
    chromeLauncher({
      concurrency: 2,
      createPage,
      launchOptions: {
        args: [
          '--use-fake-ui-for-media-stream', // grants the microphone without a prompt, labels included
          '--use-fake-device-for-media-stream', // a beeping fake microphone
          '--autoplay-policy=no-user-gesture-required', // AudioContext and ringtones run
          '--allow-loopback-in-peer-connection', // a machine with the loopback interface alone still connects
          '--disable-features=WebRtcHideLocalIpsWithMdns',
          ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // containers
        ],
      },
    }),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
};
