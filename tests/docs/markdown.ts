// As much of Markdown as our own pages use.

/** The page without its fenced blocks. */
export function proseOf(page: string): string {
  return page.replaceAll(/^( *)```[\s\S]*?^\1```$/gm, '');
}

/** The fenced blocks in a language, their indentation taken off. */
export function blocksOf(page: string, language: string): readonly string[] {
  const blocks = page.matchAll(new RegExp(`^( *)\`\`\`${language}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'gm'));
  return [...blocks].map(([, indent = '', text = '']) => text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
}

/** What stands between single backticks. */
export function codeSpansOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');
}

/** Where links lead. */
export function linksOf(page: string): readonly string[] {
  const words = proseOf(page).replaceAll(/`[^`\n]*`/g, '');
  return [...words.matchAll(/\]\(([^()\s]+)\)/g)].map((match) => match[1] ?? '');
}

/** The rows of all tables, cell by cell. A bar inside a cell is written `\|`. */
export function rowsOf(page: string): readonly (readonly string[])[] {
  return proseOf(page)
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** The anchors that headings get. */
export function anchorsOf(page: string): readonly string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
