// The keys of the keyboard on the screen: data only. A key types itself; one in <brackets> does something; a number
// behind a colon says how many columns it takes. No pad has more than five rows, so that none needs more room.

export const COLUMNS = { letters: 20, accents: 20, signs: 20, code: 20, email: 20, day: 7 };
export const DEFAULT_COLUMNS = 12;

// How many columns a key takes that does not say so.
export const USUAL = { 20: 2, 12: 4, 7: 1 };

const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const TELEPHONE = ["1 2 3", "4 5 6", "7 8 9"];
const QWERTY = ["q w e r t y u i o p", "a s d f g h j k l '", "<shift> z x c v b n m <delete>:4"];
const QWERTZ = ["q w e r t z u i o p", "a s d f g h j k l '", "<shift> y x c v b n m <delete>:4"];

// Four rows for each language; the fourth has the letters of its own.
export const LETTERS = {
  nl: [...QWERTY, "é ë ï ö ü è ç - . ,"],
  en: [...QWERTY, "é ë ï ö ü è ç - . ,"],
  fy: [...QWERTY, "â ê ô û ú é ë - . ,"],
  de: [...QWERTZ, "ä ö ü ß é è ç - . ,"],
  pl: [...QWERTY, "ą ć ę ł ń ó ś ź ż -"],
  tr: [...QWERTY, "ç ğ ı ö ş ü â - . ,"],
  uk: ["й ц у к е н г ш щ з", "ф і в а п р о л д ж", "<shift> я ч с м и т ь <delete>:4", "б х ї є ґ ю ' - . ,"],
  ar: ["ض ص ث ق ف غ ع ه خ ح", "ش س ي ب ل ا ت ن م ك", "ئ ء ؤ ر ى ة و ز ظ ط", "ج د ذ أ إ آ ، . <delete>:4"],
};

// Who reads another script types Dutch streets too: these languages have a key for Latin letters.
export const OTHER_SCRIPTS = { ar: "عربي", uk: "Укр" };
export const LATIN = "Abc";

// The last row under the letters: of Latin letters, of another script, and of Latin letters for who reads the other.
export const FEET = {
  latin: "<signs>:3 <accents> <left> <right> <space>:5 <clear> <done>:4",
  other: "<signs>:3 <language>:3 <left> <right> <space>:4 <clear> <done>:4",
  both: "<signs>:3 <accents> <language>:3 <space>:6 <clear> <done>:4",
};

export const PADS = {
  accents: [
    "á à â ä ã å ą ç ć č", "đ é è ê ë ę ğ í î ï", "ı ł ñ ń ó ô ö õ ø ś", "š ş ß ú û ü ý ź ž ż",
    "<letters>:3 <shift> <left> <right> <space>:4 <delete>:3 <done>:4",
  ],
  signs: [DIGITS, "- / ( ) + & @ : ; !", "? , . ' _ # € <delete>:6", "<letters>:3 <left> <right> <space>:7 <clear> <done>:4"],
  code: [
    DIGITS, "Q W E R T Y U I O P", "A S D F G H J K L -", "Z X C V B N M <delete>:6",
    "<left> <right> <space>:9 <clear>:3 <done>:4",
  ],
  email: [
    DIGITS, "q w e r t y u i o p", "a s d f g h j k l _", "z x c v b n m - <delete>:4",
    "@:3 . .nl:3 .com:4 <left> <right> <done>:4",
  ],
  number: [...TELEPHONE, "<clear> 0 <delete>", "<left> <right> <done>"],
  money: [...TELEPHONE, ", 0 <delete>", "<left>:2 <right>:2 <clear> <done>"],
  phone: [...TELEPHONE, "+ 0 <delete>", "<left>:2 <right>:2 <clear> <done>"],
  time: [...TELEPHONE, ": 0 <delete>", "<left>:2 <right>:2 <clear> <done>"],
  day: ["<days>", "<clear>:2 <done>:2"],
  month: ["<months>", "<clear>:6 <done>:6"],
  year: ["<years>", ...TELEPHONE, "<delete> 0 <done>"],
};
