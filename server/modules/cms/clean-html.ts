import sanitizeHtml from 'sanitize-html';

/** Leaves only the few elements that a page or a product text may hold; scripts, styles and handlers go. */
export function cleanHtml(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [
      'p',
      'ul',
      'ol',
      'li',
      'strong',
      'em',
      'h2',
      'h3',
      'h4',
      'br',
      'a',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'dl',
      'dt',
      'dd',
      'blockquote',
    ],
    allowedAttributes: { a: ['href', 'title'], th: ['scope'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  });
}
