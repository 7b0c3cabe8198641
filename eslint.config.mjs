import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { translatable } from './scripts/eslint/translatable.mjs';
import { webSecurity } from './scripts/eslint/web-security.mjs';

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      'packages/salesforce/jsforce/shims/',
      'examples/npm-vite/',
      'packages/embed/src/testing/lightning/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.tests.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_+$', argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // A port's method may be asynchronous for others; `async` also turns a thrown error into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/return-await': 'off',
      // Index signatures are read by brackets (noPropertyAccessFromIndexSignature).
      '@typescript-eslint/dot-notation': 'off',
      'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
      '@typescript-eslint/prefer-optional-chain': 'off',
      // What the types call always there is often missing: under Lightning Web Security, on insecure pages, in messages of strangers.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // An empty text is often no text.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, boolean: true } }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      // Ports are made of closures: their methods need no `this`.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            // Legacy decorators cannot stand on #private fields.
            "PropertyDefinition[accessibility='private'][decorators.length=0], MethodDefinition[accessibility='private'][decorators.length=0]",
          message: 'Use #private.',
        },
        { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
      ],
    },
  },
  {
    files: ['packages/core/src/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'document',
        'window',
        'navigator',
        'location',
        'localStorage',
        'sessionStorage',
        'HTMLElement',
      ],
    },
  },
  {
    files: ['packages/elements/src/**/*.ts'],
    extends: [lit['flat/all'], wc['flat/best-practice'], litA11y.configs.recommended],
    plugins: { multiline: { rules: { translatable, 'web-security': webSecurity } } },
    rules: {
      'multiline/translatable': 'error',
      'multiline/web-security': 'error',
      'lit/no-classfield-shadowing': 'off', // useDefineForClassFields is off
      'lit/no-template-map': 'off',
      'lit/no-template-arrow': 'off', // rows of a list need closures
      'lit/lifecycle-super': 'error',
    },
  },
  {
    files: [
      '**/*.test.ts',
      '**/*.server-test.ts',
      '**/*.stories.ts',
      '**/testing/**/*.ts',
      'packages/testing/src/conformance/**/*.ts',
    ],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              package: 'node:test',
              name: ['it', 'describe', 'test', 'before', 'after', 'beforeEach', 'afterEach'],
            },
          ],
        },
      ],
      'multiline/translatable': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  // The org looks fields up in its own schema.
  {
    files: ['packages/sandbox/src/**/*.ts', 'examples/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
);
