import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// As the tablet's, without what is about its screens.
export default tseslint.config(
  { ignores: ['node_modules'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines': ['error', { max: 260, skipBlankLines: true, skipComments: true }],
      'no-restricted-globals': ['error', { name: 'event', message: 'Use the parameter.' }],
    },
  },
);
