#!/usr/bin/env node
import './guard.js';

// Loaded only after the guard: an old Node could not even parse what follows.
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
