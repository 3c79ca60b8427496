import { html } from './html.ts';
import { page } from './page.ts';

/** A page that says one thing: what is not there or went wrong, and what to do. */
export function messagePageHtml(text: { readonly title: string; readonly message: string }): string {
  return page({
    title: text.title,
    header: html`<a href="/">All teams</a>`,
    main: html`<h1 class="title">${text.title}</h1>
<p>${text.message}</p>`,
  });
}
