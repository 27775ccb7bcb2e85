// The page's own words. The source has them in Chinese; a page in English brings the English of each (page.py).

const given = document.getElementById("words")?.textContent;
const english: Record<string, string> = given ? JSON.parse(given) : {};

/** The words in the page's language, with the values in their gaps: t("其余 {} 个", 3) */
export function t(text: string, ...values: unknown[]): string {
  let next = 0;
  return (english[text] ?? text).replace(/\{\}/g, () => String(values[next++] ?? ""));
}
