import * as fc from 'fast-check';

const ATTACKS = [
  '<img src=x onerror=alert(1)>',
  '</title></style><script>alert(1)</script>',
  '" onmouseover="alert(1)',
  "' style='position:fixed",
  '](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  '| a | b |',
  '\\|',
  '\\',
  '`code`',
  '```\nfence',
  '\n# Heading\n\n- list',
  '\r\n| --- |\r\n',
  '&lt;script&gt;',
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\u202egnp.exe',
  '\u0000\u0008\u007f\u009b2J',
  '\ud800',
  '漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
  '*bold* _em_ ~~gone~~ @everyone #1',
];

/** Titles as somebody would write who wants to get out of the place a title has. */
export const hostileTitle: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(''));
