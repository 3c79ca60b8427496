#!/usr/bin/env node
import module from 'node:module';
import './guard.js';

// Most of a short command is spent on compiling what it loads; the second one need not.
module.enableCompileCache();
// Loaded only after the guard: an old Node could not even parse what follows.
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
