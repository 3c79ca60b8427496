import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSite, type Site } from '#tests/http/site.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'];

describe.skipIf(!existsSync(CHROMIUM))(
  'the pages in a browser (skipped where no Chromium is installed)',
  () => {
    let browser: Browser;
    let site: Site;
    let address: string;
    let stop: () => Promise<unknown>;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
      site = await openSite();
      const server = await site.serve();
      stop = () => server.close();
      address = await server.listen({ host: '127.0.0.1', port: 0 });
    });
    afterAll(async () => {
      await browser.close();
      await stop();
      await site[Symbol.asyncDispose]();
    });

    for (const path of ['/', '/sources', '/teams/payments', '/teams/nobody']) {
      for (const [device, width] of [
        ['a desktop', 1280],
        ['a phone', 390],
      ] as const) {
        for (const colorScheme of ['light', 'dark'] as const) {
          test(`${path} on ${device}, ${colorScheme}: nothing overflows, nothing is refused`, async () => {
            const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme });
            const complaints: string[] = [];
            page.on('console', (message) => complaints.push(message.text()));
            page.on('pageerror', (error) => complaints.push(String(error)));
            const answer = await page.goto(`${address}${path}`);
            // A page that is missing is the one complaint that its own test asks for.
            expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
            expect(answer?.status()).toBe(path.endsWith('nobody') ? 404 : 200);
            // With every "how it is counted" open: that is when a page gets wide.
            // Given as text: these run in the page, whose types are not the project's.
            await page.evaluate(
              'document.querySelectorAll("details").forEach((one) => { one.open = true; })',
            );
            const wide: unknown = await page.evaluate(
              'document.documentElement.scrollWidth - window.innerWidth',
            );
            expect(wide).toBeLessThanOrEqual(0);
            const colour = (of: string): Promise<unknown> =>
              page.evaluate(`getComputedStyle(document.body).${of}`);
            const [ink, ground] = [await colour('color'), await colour('backgroundColor')];
            expect(brightness(ink) > brightness(ground)).toBe(colorScheme === 'dark');
            await page.close();
          });
        }
      }
    }

    test('a number opens to its definition without a script', async () => {
      const page = await browser.newPage({ javaScriptEnabled: false });
      await page.goto(`${address}/teams/payments`);
      await page.getByText('how it is counted').first().click();
      expect(await page.locator('details[open]').count()).toBe(1);
      await page.close();
    });
  },
);

/** Of `rgb(r, g, b)`. */
function brightness(colour: unknown): number {
  return (String(colour).match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
}
