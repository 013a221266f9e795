/** Text of bytes by rule, as `sozialraum.deliveries.encodings` reads them: mark, strict UTF-8, else the likeliest old page. */

const DOS =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
const WEIGHED = 400_000;
const LOWER = new Set("äöüß");
const UPPER = new Set("ÄÖÜ");
const SIGNS = new Set("„“”‚‘’–—…•·§€°²³½¼¾±×«»®©\u00a0");
const OTHERS = new Set("éèêëáàâåãçñóòôõíìîïúùûýÿæøœÉÈÊÁÀÂÅÇÑÓÒÔÍÎÚÛÆØŒšžŠŽ");
const CONTROLS = new Set(
  Array.from({ length: 32 }, (_none, code) => String.fromCharCode(code)).filter(
    (sign) => !"\t\r\n\x0b\x0c\x1a".includes(sign),
  ),
);

/** The text, or null when the bytes are no text. */
export function decode(bytes: Uint8Array): string | null {
  const mark = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "";
  if (mark || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return checked(new TextDecoder(mark || "utf-16be").decode(bytes));
  }
  if (bytes.subarray(0, WEIGHED).includes(0)) return null;
  try {
    return checked(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return checked(oldPage(bytes));
  }
}

function checked(text: string): string | null {
  for (const sign of text.slice(0, 20_000)) if (CONTROLS.has(sign)) return null;
  return text;
}

/** Windows first, then DOS, then the old Macintosh; a later page must be more plausible, not as plausible. */
function oldPage(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, WEIGHED);
  let best = "";
  let most = Number.NEGATIVE_INFINITY;
  for (const read of [windows, dos, macintosh]) {
    const rated = plausibility(read(sample));
    if (rated > most) {
      most = rated;
      best = read(bytes);
    }
  }
  return best;
}

const windows = (bytes: Uint8Array) => new TextDecoder("windows-1252").decode(bytes);
const macintosh = (bytes: Uint8Array) => new TextDecoder("macintosh").decode(bytes);

function dos(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : DOS[byte - 128];
  return text;
}

/** How German the letters beyond ASCII look; neighbours decide, not frequency alone. */
export function plausibility(text: string): number {
  let total = 0;
  for (let place = 0; place < text.length; place++) {
    if (text.charCodeAt(place) > 127)
      total += rating(text[place - 1] ?? " ", text[place] ?? "", text[place + 1] ?? " ");
  }
  return total;
}

const isLetter = (sign: string) => /\p{L}/u.test(sign);
const isLower = (sign: string) => /\p{Ll}/u.test(sign);
const isUpper = (sign: string) => /\p{Lu}/u.test(sign);

function rating(left: string, sign: string, right: string): number {
  const inside = isLetter(left) || isLetter(right);
  if (LOWER.has(sign)) return inside && !/\d/.test(left) ? 2 : 0.1;
  if (UPPER.has(sign)) {
    if (isLetter(right) && !isLower(left)) return 2;
    return isUpper(left) || isUpper(right) ? 1 : 0.1;
  }
  if (SIGNS.has(sign)) return isLetter(left) && isLetter(right) && !"’·".includes(sign) ? -2 : 0.6;
  if (OTHERS.has(sign)) return isLetter(left) && isLetter(right) ? 0.3 : -0.4;
  return -2;
}
