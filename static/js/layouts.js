// The keys of the keyboard on the screen: data only. A key types itself; one in <brackets> does something; a number
// behind a colon says how many columns it takes.

export const COLUMNS = { letters: 20, digits: 20, postcode: 20, email: 20, day: 8, month: 3 };

const DIGITS = "1 2 3 4 5 6 7 8 9 0";
const TELEPHONE = ["1 2 3", "4 5 6", "7 8 9"];
const FOOT = "<digits>:4 <language>:4 <space>:8 <done>:4";

export const LETTERS = {
  nl: ["q w e r t y u i o p", "a s d f g h j k l '", "<shift> z x c v b n m - <delete>", "é ë è ï ö ó ü ç . ,", FOOT],
  en: ["q w e r t y u i o p", "a s d f g h j k l '", "<shift> z x c v b n m - <delete>", FOOT],
  ar: ["ض ص ث ق ف غ ع ه خ ح", "ش س ي ب ل ا ت ن م ك", "ئ ء ؤ ر ى ة و ز ظ ط", "ج د ذ أ إ آ ، . <delete>:4", FOOT],
};

// What the language key offers: the other script, since readers of Arabic type Dutch streets too.
export const OTHER = { nl: "ar", en: "ar", ar: "nl" };
export const NAMES = { nl: "Abc", en: "Abc", ar: "عربي" };

export const PADS = {
  digits: [DIGITS, "- / ( ) + & @ : ; !", "? , . ' _ # * <delete>:6", "<letters>:4 <space>:12 <done>:4"],
  postcode: [DIGITS, "q w e r t y u i o p", "a s d f g h j k l <delete>", "z x c v b n m <done>:6"],
  email: [DIGITS, "q w e r t y u i o p", "a s d f g h j k l _", "z x c v b n m - <delete>:4", "@:4 .:4 .nl:4 .com:4 <done>:4"],
  number: [...TELEPHONE, "<delete> 0 <done>"],
  phone: [...TELEPHONE, "+ 0 <delete>", "<done>:3"],
  year: [...TELEPHONE, "<delete> 0 <done>"],
};
