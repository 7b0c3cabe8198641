import { readFileSync } from 'node:fs';

/** Leaves out of other people's modules what never runs in the drop-in. */
export function slim() {
  return [silentSipJs(), wordlessGrammar(), oneNumberFunction(), lastPatterns(), todaysLanguage()];
}

/** A statement that does nothing but write SIP.js's log, on a line of its own. */
const logging = /^\s*(?:this\.|\w+\.)*logger\.(?:debug|log|warn|error)\(.*\);$/;

/** What our SIP user agent has of its own: media, and the answers to challenges. */
const OWN = [
  [/session-description-handler-factory-default\.js$/, 'defaultSessionDescriptionHandlerFactory'],
  [/digest-authentication\.js$/, 'DigestAuthentication'],
];

/** Our SIP user agent logs nothing: a log would hold whole messages, digests among them. */
function silentSipJs() {
  return {
    name: 'silent-sip-js',
    resolveId(id, importer) {
      const own = importer?.includes('/sip.js/') && OWN.find(([file]) => file.test(id));
      return own ? `\0sip-own-${own[1]}` : null;
    },
    load: (id) => (id.startsWith('\0sip-own-') ? `export const ${id.slice(9)} = () => undefined;` : null),
    transform(code, id) {
      if (!/[\\/]sip\.js[\\/]lib[\\/]/.test(id)) return null;
      let before = '';
      if (!code.includes('logger.') && /[\\/]lib[\\/]api[\\/]session\.js$/.test(id))
        this.error('SIP.js no longer writes its log as it did.');
      const lines = code.split('\n').map((line) => {
        // Only between whole statements: behind an `else` or a `case` it is the statement of somebody.
        const spare = logging.test(line) && /[{};]$/.test(before);
        if (line.trim() !== '' && !/^\s*(\/\/|\*|\/\*)/.test(line)) before = line.trimEnd();
        return spare ? '' : line;
      });
      return { code: lines.join('\n'), map: null };
    },
  };
}

/**
 * SIP.js's grammar without the words for what it expected where a text is none of it: whoever asks wants to know only whether it is.
 * @param code of the generated parser
 * @returns the same parser; what it throws says nothing
 */
export function withoutWords(code) {
  return code
    .replace(/^( +)peg\$(?:literal|class|any|other)Expectation\(.*\)(,?)$/gm, '$10$2')
    .replace(
      /class SyntaxError extends Error \{\n[^]*?\n\}\n/,
      'class SyntaxError extends Error { static buildMessage() {} }\n',
    );
}

function wordlessGrammar() {
  return {
    name: 'wordless-grammar',
    transform(code, id) {
      if (!/[\\/]sip\.js[\\/]lib[\\/]grammar[\\/]pegjs[\\/]dist[\\/]grammar\.js$/.test(id)) return null;
      const wordless = withoutWords(code);
      if (wordless.length > code.length * 0.9) this.error('SIP.js no longer has the grammar it had.');
      return { code: wordless, map: null };
    },
  };
}

/** Of libphonenumber only the parser: its door also exports formatters and searches, which nobody asks for. */
function oneNumberFunction() {
  let door;
  return {
    name: 'one-number-function',
    async resolveId(id, importer) {
      if (id !== 'libphonenumber-js/core') return null;
      door = (await this.resolve(id, importer, { skipSelf: true })).id;
      return '\0number-parser';
    },
    load: (id) =>
      id === '\0number-parser' ? `export { parsePhoneNumberFromString } from ${JSON.stringify(door)};` : null,
  };
}

/**
 * Of how a format is found only what is read by whoever has the whole number: the last, most exact pattern of leading digits.
 * The ones before serve an entry that is formatted while it grows.
 * @param metadata of libphonenumber; changed in place
 */
export function wholeNumbersOnly(metadata) {
  const plans = [...Object.values(metadata.countries), ...Object.values(metadata.nonGeographic)];
  for (const [, , , , formats] of plans) {
    for (const format of formats || []) if (format[2]?.length > 1) format[2] = format[2].slice(-1);
  }
  return metadata;
}

function lastPatterns() {
  return {
    name: 'last-patterns',
    load(id) {
      const json = /^.*[\\/]libphonenumber-js[\\/]metadata\.min\.json(?=\.js$)/.exec(id)?.[0];
      if (json === undefined) return null;
      return `export default ${JSON.stringify(wholeNumbersOnly(JSON.parse(readFileSync(json, 'utf8'))))};`;
    },
  };
}

/** What libphonenumber brings into each of its files for browsers of 2015, as the language has it today. */
const HELPERS = {
  _typeof: '(value) { return typeof value; }',
  _toPropertyKey: '(key) { return key; }',
  _defineProperty: '(on, key, value) { on[key] = value; return on; }',
  _objectSpread: '() { return Object.assign(...arguments); }',
  _slicedToArray: '(from) { return [...from]; }',
  _createForOfIteratorHelperLoose: '(from) { const all = from[Symbol.iterator](); return () => all.next(); }',
  _classCallCheck: '() {}',
  _wrapNativeSuper: '(parent) { return parent; }',
  _callSuper: '(self, own, args) { return Reflect.construct(Object.getPrototypeOf(own), args, self.constructor); }',
  _inherits: `(own, parent) {
    own.prototype = Object.create(parent.prototype, { constructor: { value: own, writable: true, configurable: true } });
    Object.setPrototypeOf(own, parent);
  }`,
};
const helper = new RegExp(`^function (${Object.keys(HELPERS).join('|')})\\([^]*?\\}\\n(?!\\s)`, 'gm');

/** A plugin of rollup's. */
export function todaysLanguage() {
  return {
    name: 'todays-language',
    transform(code, id) {
      if (!/[\\/]libphonenumber-js[\\/]es6[\\/]/.test(id)) return null;
      return { code: code.replace(helper, (_, name) => `function ${name}${HELPERS[name]}\n`), map: null };
    },
  };
}
