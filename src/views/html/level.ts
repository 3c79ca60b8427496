import type { Headline } from '#report/headline.ts';
import { type Html, html } from './html.ts';

type Level = Headline['level'];

const SHAPES: Readonly<Record<Level, Html>> = {
  unknown: html`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 3.28"/>`,
};

/** A level as a shape and a word, so that it can be told without seeing colours. */
export function levelHtml(level: Level, word: string): Html {
  return html`<svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[level]}</svg><strong>${word}</strong>`;
}
