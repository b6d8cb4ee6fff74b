import type { Config } from 'jest';

const { availableParallelism } = require('node:os');

const config: Config = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // ESM-only packages, transformed because jest's own loader cannot require them.
  transformIgnorePatterns: ['/node_modules/(?!(@faker-js|commander|d3-[a-z-]+|internmap|marked)/)'],
  globalSetup: '<rootDir>/test/support/before-all.ts',
  globalTeardown: '<rootDir>/test/support/after-all.ts',
  testSequencer: '<rootDir>/test/support/longest-first.js',
  // Far more than any test takes, for a hang only: a time limit is no measure of a busy machine.
  testTimeout: 120_000,
  // More than there are cores: for half of its time a test waits for timers, or for other processes.
  maxWorkers: availableParallelism() + 2,
};

module.exports = config;
