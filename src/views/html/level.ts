import type { Headline } from '#report/headline.ts';
import { type Html, html } from './html.ts';

type Level = Headline['level'];

const SHAPES: Readonly<Record<Level, Html>> = {
  unknown: html`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 3.28"/>`,
  not_set_up: html`<rect x="1.5" y="1.5" width="13" height="13" fill="currentColor"/>`,
  goal_unrealistic: html`<path d="M3 3 13 13 M13 3 3 13" fill="none" stroke="currentColor" stroke-width="3"/>`,
  at_risk: html`<path d="M8 2 15 14 1 14 Z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/>`,
  on_track_unproven: html`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>`,
  set_up: html`<circle cx="8" cy="8" r="7" fill="currentColor"/>`,
};

/** A level as a shape and a word, so that it can be told without seeing colours. */
export function levelHtml(level: Level, word: string): Html {
  return html`<svg viewBox="0 0 16 16" aria-hidden="true">${SHAPES[level]}</svg><strong>${word}</strong>`;
}
