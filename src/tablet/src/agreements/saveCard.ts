// A card as one file that opens anywhere, without network and without this app: its looks and pictures inside it.

/** The looks of the page, without fonts (their addresses mean nothing in a file). */
function looks(): string {
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => !(rule instanceof CSSFontFaceRule))
    .map((rule) => rule.cssText)
    .join('\n');
}

async function asData(url: string): Promise<string> {
  const blob = await (await fetch(url)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error('the picture could not be read'));
    reader.readAsDataURL(blob);
  });
}

/** A whole page with this element in it. A picture that cannot be had is left out; the word beside it stays. */
export async function cardFile(card: Element, title: string): Promise<string> {
  const copy = card.cloneNode(true) as HTMLElement;
  for (const picture of copy.querySelectorAll('img')) {
    try {
      picture.src = await asData(picture.src);
    } catch {
      picture.remove();
    }
  }
  const root = document.documentElement;
  const name = document.createElement('title');
  name.textContent = title;
  // Made as text: a style that comes to life in this page is what its content security policy forbids.
  return [
    '<!doctype html>',
    `<html lang="${copy.lang || root.lang}" data-theme="light" data-contrast="${root.dataset['contrast'] ?? 'normal'}">`,
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    name.outerHTML,
    `<style>${looks().replaceAll('</', '<\\/')}</style>`,
    `</head><body><main class="end__main">${copy.outerHTML}</main></body></html>`,
  ].join('\n');
}

/** Hands the card to the person who holds the tablet, as a file to keep. No name in the file's name. */
export async function saveCard(card: Element, title: string, fileName: string): Promise<void> {
  const blob = new Blob([await cardFile(card, title)], { type: 'text/html' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
