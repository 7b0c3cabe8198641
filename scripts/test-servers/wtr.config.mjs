import { fileURLToPath } from 'node:url';
import everyday from '../../web-test-runner.config.mjs';
import { packetsCarried } from './rtpengine.mjs';

const { KAMAILIO_URL, RTPENGINE } = process.env;

/** Tells the tests where the servers are, and asks RTPengine for them. */
const servers = {
  name: 'servers',
  async executeCommand({ command, payload }) {
    if (command === 'servers:kamailio') return { url: KAMAILIO_URL };
    if (command === 'servers:packets-carried') return packetsCarried(RTPENGINE, payload);
    return undefined;
  },
};

export default {
  ...everyday,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  files: [fileURLToPath(import.meta.resolve('./line.server-test.ts'))],
  plugins: [...everyday.plugins, servers],
};
