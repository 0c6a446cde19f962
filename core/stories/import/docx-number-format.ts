/** Numbers as Word writes them before paragraphs. Source: ECMA-376 part 1, 17.18.59 (number formats). */

const DIGITS = '零一二三四五六七八九';
const LEGAL = '零壹贰叁肆伍陆柒捌玖';

/** 1 → 一, 10 → 十, 23 → 二十三, 105 → 一百零五; as Word counts in Chinese. */
function chineseNumber(n: number, digits: string, units: readonly string[]): string {
  if (n <= 0 || n > 9999) return String(n);
  let out = '';
  let zero = false;
  const text = String(n);
  [...text].forEach((char, i) => {
    const digit = Number(char);
    if (digit === 0) zero = true;
    else {
      out += (zero && out !== '' ? (digits[0] ?? '') : '') + (digits[digit] ?? '') + (units[text.length - 1 - i] ?? '');
      zero = false;
    }
  });
  return n >= 10 && n < 20 && digits === DIGITS ? out.slice(1) : out;
}

function roman(n: number): string {
  if (n <= 0 || n > 3999) return String(n);
  const table: [number, string][] = [
    [1000, 'm'],
    [900, 'cm'],
    [500, 'd'],
    [400, 'cd'],
    [100, 'c'],
    [90, 'xc'],
    [50, 'l'],
    [40, 'xl'],
    [10, 'x'],
    [9, 'ix'],
    [5, 'v'],
    [4, 'iv'],
    [1, 'i'],
  ];
  let rest = n;
  let out = '';
  for (const [size, letters] of table) {
    for (; rest >= size; rest -= size) out += letters;
  }
  return out;
}

/** Word goes a … z, aa, bb, cc. */
const letters = (n: number): string =>
  n <= 0 || n > 780 ? String(n) : String.fromCharCode(97 + ((n - 1) % 26)).repeat(Math.ceil(n / 26));

const pick = (row: string, n: number): string => [...row][n - 1] ?? String(n);

/** A number in one of Word's formats; formats not used in Chinese offices come out as digits. */
export function formatNumber(n: number, format: string): string {
  switch (format) {
    case 'none':
      return '';
    case 'decimalZero':
      return String(n).padStart(2, '0');
    case 'lowerLetter':
      return letters(n);
    case 'upperLetter':
      return letters(n).toUpperCase();
    case 'lowerRoman':
      return roman(n);
    case 'upperRoman':
      return roman(n).toUpperCase();
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
      return chineseNumber(n, DIGITS, ['', '十', '百', '千']);
    case 'chineseLegalSimplified':
    case 'japaneseLegal':
      return chineseNumber(n, LEGAL, ['', '拾', '佰', '仟']);
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
      return String(n).replace(/\d/g, (d) => (d === '0' ? '〇' : pick(DIGITS, Number(d) + 1)));
    case 'ideographTraditional':
      return pick('甲乙丙丁戊己庚辛壬癸', n);
    case 'ideographZodiac':
      return pick('子丑寅卯辰巳午未申酉戌亥', n);
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return pick('①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳', n);
    case 'decimalEnclosedParen':
      return pick('⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇', n);
    case 'ideographEnclosedCircle':
      return pick('㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉', n);
    case 'decimalFullWidth':
      return String(n).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d)));
    default:
      return String(n);
  }
}
