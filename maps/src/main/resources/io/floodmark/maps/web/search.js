// Search as people type it on a phone: without accents, without capitals, words in any order.

/** Lower case, no accents, đ as d, single spaces. Composed and decomposed spellings come out the same. */
export function plain(text) {
  return String(text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether every word of the query occurs in one of the texts. An empty query matches everything. */
export function matches(query, texts) {
  const haystack = texts.map(plain).join('\n');
  return plain(query)
    .split(' ')
    .every((word) => haystack.includes(word));
}
