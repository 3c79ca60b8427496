import type { CalendarDay } from '#domain/calendar.ts';
import type { Measurement } from '#domain/measurement.ts';
import { interval, longDay, rounded, stated } from '#report/words.ts';
import type { Words } from '../content/blocks.ts';
import { webAddress } from '../plain-text.ts';
import { type Html, html } from './html.ts';

export function wordsHtml(words: Words): readonly (string | Html)[] {
  return words.map((piece) => {
    if (typeof piece === 'string') return piece;
    return piece.kind === 'day' ? dayHtml(piece.day) : linkHtml(piece.text, piece.url);
  });
}

export function dayHtml(day: CalendarDay): Html {
  return html`<time datetime="${day}">${longDay(day)}</time>`;
}

/** A link, or the bare text when the address is none that a browser should follow. */
export function linkHtml(text: string, url: string): Html {
  const address = webAddress(url);
  return address === undefined ? html`${text}` : html`<a href="${address}">${text}</a>`;
}

/** A number with its unit, and beneath it its interval and how many observations it rests on. */
export function numberHtml(number: Measurement): Html {
  if (number.kind === 'insufficient') return html`<span class="missing">${stated(number)}</span>`;
  const range = interval(number);
  return html`<span class="nowrap">${stated(number)}</span><span class="quiet">${range === '' ? 'exact' : range}, n ${rounded(number.n)}</span>`;
}
