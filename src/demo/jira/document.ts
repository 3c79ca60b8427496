/** A text in Atlassian's document format: `## ` begins a heading, `- ` an item of a list, any other line a paragraph. */
export function documentOf(text: string): object {
  const content = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      if (line.startsWith('## '))
        return { type: 'heading', attrs: { level: 2 }, content: [words(line.slice(3))] };
      const paragraph = { type: 'paragraph', content: [words(line.replace(/^- /, ''))] };
      if (!line.startsWith('- ')) return paragraph;
      return { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph] }] };
    });
  return { type: 'doc', version: 1, content };
}

function words(text: string): object {
  return { type: 'text', text };
}
