/** The few words of the Telegram client itself, and dates, in a person's language. */

const WORDS = {
  en: {
    message: "Message", edited: "edited", typing: "typing…", start: "Start", unblock: "Unblock",
    fresh: "New messages", what: "What can this bot do?", menu: "Menu", attach: "Attach",
    location: "Location", file: "File", photo: "Photo", sticker: "Sticker", voice: "Voice message",
    send: "Send", keyboard: "Buttons", forwarded: "Forwarded from", bot: "bot", chat: "Chat", you: "You",
  },
  ar: {
    message: "رسالة", edited: "معدّلة", typing: "يكتب…", start: "ابدأ", unblock: "إلغاء الحظر",
    fresh: "رسائل جديدة", what: "ماذا يمكن لهذا البوت أن يفعل؟", menu: "القائمة", attach: "إرفاق",
    location: "الموقع", file: "ملف", photo: "صورة", sticker: "ملصق", voice: "رسالة صوتية",
    send: "إرسال", keyboard: "الأزرار", forwarded: "محوّلة من", bot: "بوت", chat: "محادثة", you: "أنت",
  },
  he: {
    message: "הודעה", edited: "נערכה", typing: "מקליד…", start: "התחל", unblock: "ביטול חסימה",
    fresh: "הודעות חדשות", what: "מה הבוט הזה יודע לעשות?", menu: "תפריט", attach: "צירוף",
    location: "מיקום", file: "קובץ", photo: "תמונה", sticker: "מדבקה", voice: "הודעה קולית",
    send: "שליחה", keyboard: "כפתורים", forwarded: "הועבר מאת", bot: "בוט", chat: "צ׳אט", you: "את/ה",
  },
  el: {
    message: "Μήνυμα", edited: "επεξεργασμένο", typing: "γράφει…", start: "Έναρξη", unblock: "Άρση αποκλεισμού",
    fresh: "Νέα μηνύματα", what: "Τι μπορεί να κάνει αυτό το bot;", menu: "Μενού", attach: "Επισύναψη",
    location: "Τοποθεσία", file: "Αρχείο", photo: "Φωτογραφία", sticker: "Αυτοκόλλητο", voice: "Φωνητικό μήνυμα",
    send: "Αποστολή", keyboard: "Κουμπιά", forwarded: "Προωθήθηκε από", bot: "bot", chat: "Συνομιλία", you: "Εσείς",
  },
  tr: {
    message: "Mesaj", edited: "düzenlendi", typing: "yazıyor…", start: "Başlat", unblock: "Engeli kaldır",
    fresh: "Yeni mesajlar", what: "Bu bot ne yapabilir?", menu: "Menü", attach: "Ekle",
    location: "Konum", file: "Dosya", photo: "Fotoğraf", sticker: "Çıkartma", voice: "Sesli mesaj",
    send: "Gönder", keyboard: "Düğmeler", forwarded: "İletilen:", bot: "bot", chat: "Sohbet", you: "Siz",
  },
  es: {
    message: "Mensaje", edited: "editado", typing: "escribiendo…", start: "Iniciar", unblock: "Desbloquear",
    fresh: "Mensajes nuevos", what: "¿Qué puede hacer este bot?", menu: "Menú", attach: "Adjuntar",
    location: "Ubicación", file: "Archivo", photo: "Foto", sticker: "Sticker", voice: "Mensaje de voz",
    send: "Enviar", keyboard: "Botones", forwarded: "Reenviado de", bot: "bot", chat: "Chat", you: "Tú",
  },
};

/** Offered when a person is added: code and the language's own name. */
export const LANGUAGES = [
  ["en", "English"], ["ar", "العربية"], ["he", "עברית"], ["el", "Ελληνικά"], ["tr", "Türkçe"], ["es", "Español"],
];

const RIGHT_TO_LEFT = new Set(["ar", "he", "fa", "ur", "ps", "yi", "ckb", "dv"]);

const base = (language) => (language || "en").toLowerCase().split(/[-_]/)[0];

/** @param {string} language @returns {typeof WORDS.en} */
export const words = (language) => WORDS[base(language)] ?? WORDS.en;

/** @param {string} language @returns {"rtl" | "ltr"} */
export const direction = (language) => (RIGHT_TO_LEFT.has(base(language)) ? "rtl" : "ltr");

const formats = new Map();

/** A date format in UTC and Western digits; a language nobody knows falls back to English. */
function dateFormat(language, options) {
  const key = `${language}${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, newFormat(base(language), { timeZone: "UTC", ...options }));
  return formats.get(key);
}

function newFormat(language, options) {
  try {
    return new Intl.DateTimeFormat(`${language}-u-nu-latn`, options);
  } catch {
    return new Intl.DateTimeFormat("en-GB", options);
  }
}

/** @param {number} unix seconds @returns {string} 14:05 */
export const clockTime = (unix) =>
  dateFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(unix * 1000);

/** @param {number} unix seconds */
export const dayName = (unix, language) =>
  dateFormat(language, { weekday: "long", day: "numeric", month: "long" }).format(unix * 1000);

const PAGE_DATE = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric",
});

/** @param {number} milliseconds @returns {string} Sat, 22 Nov 2025: the page itself speaks English */
export const shortDate = (milliseconds) => PAGE_DATE.format(milliseconds);

/** @param {number} bytes */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
