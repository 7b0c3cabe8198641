import { brotliCompressSync, constants } from 'node:zlib';
import { ensureDropIn } from '../../../scripts/drop-in.mjs';
import { weigh } from '../../embed/budgets.mjs';
import { bundle } from './bundle.mjs';
import { kb, paragraph, table } from './markdown.mjs';
import { JSSIP, SIP_JS } from './phones.mjs';

const PHONES = {
  ours: 'our SIP line and core, no elements',
  'sip-js': `${SIP_JS}, no interface`,
  jssip: `${JSSIP}, no interface`,
};

/** The drop-in against its budgets, and what a bare phone weighs beside its peers. */
export async function weights() {
  await ensureDropIn();
  const { budgets } = await weigh('packages/embed/dist');
  const rows = budgets.map(({ name, bytes, limit, over }) => [name, kb(bytes), kb(limit), over ? '**over**' : 'kept']);
  const phones = await Promise.all(
    Object.entries(PHONES).map(async ([name, words]) => [words, kb(brotli(await bundle(name)))]),
  );
  return [
    'The drop-in, KB (1,000 bytes) of brotli 11; the single build minified.',
    table(['drop-in', 'KB', 'budget', ''], rows, [0, 3]),
    paragraph(
      'A page that registers and calls, bundled by esbuild, KB of brotli 11. Ours carries what the peers leave to the',
      'application: reconnection, the guard before the parser, prepared audio, typed errors, the numbers of a desk.',
    ),
    table(['phone', 'KB'], phones),
  ].join('\n\n');
}

function brotli(code) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: code.length };
  return brotliCompressSync(code, { params }).length;
}
