"""Character sets: bytes to text, by the name of the character set or by a guess.

The guess counts letters. Each language has an alphabet and the encodings that it is written in; the
pair under which most of the bytes beyond ASCII are letters of the alphabet, where letters are
expected, is the likeliest. Short texts suffice, because a wrong encoding soon gives signs inside of
words, capitals after small letters, or letters that no single language has.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from briefqa.errors import NotADocumentError
from briefqa.records import Record
from briefqa.text_safety import REPLACEMENT

__all__ = ["codec_of", "decode", "decode_declared", "decode_document", "guess"]

# The UTF-32 marks come first: the little-endian one begins with that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY_PROBE = 8 * 1024
"""Bytes looked at for a NUL, the sign of a binary file."""

SHIFTING = ("hz", "iso2022", "utf-7")
"""Character sets each text of which is ASCII too."""
TWO_OR_FOUR = ("utf-16", "utf-32")
"""Character sets of two or four bytes a character."""
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
PLAIN = r"[\t\n\r -~]"
NON_ASCII = bytes(range(0x80, 0x100))

SAMPLE = 4 * 1024
"""Bytes that a guess looks at, from the first that is not ASCII."""
NOT_ASCII = rb"[\x80-\xff]"
BEYOND_ASCII = r"[^\x00-\x7f]"
QUOTES = frozenset("–—“”‘’„‚«»‹›…\xa0")
"""What stands beside words in texts of any language."""
SIGNS = frozenset("•©®™°§€£¿¡´¶·")
"""What stands apart from words in them."""
ASIAN = "[\u3000-\ud7a3\uff00-\uffef]"
FREQUENT = 12
"""The first letters of an alphabet in order of frequency; they weigh more."""
RARE = 40
"""The letters from this place on; they weigh little."""
POOR = 0.3
"""A score below which no guess is better than the most usual encoding."""
USUAL = "cp1252"

CODECS = {
    "ascii": USUAL,
    "big5": "big5hkscs",
    "euc_jis_2004": "euc_jp",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "iso8859-1": USUAL,
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
"""Codecs that are read as a larger one, as browsers do (WHATWG Encoding Standard, section 4.2)."""
ALLOWED = (
    frozenset(
        "big5hkscs cp437 cp850 cp852 cp866 cp874 cp932 cp949 euc_jp gb18030 hz iso2022_jp"
        " iso2022_kr johab koi8-r koi8-u mac-cyrillic mac-greek mac-latin2 mac-roman mac-turkish"
        " utf-8 utf-7 utf-16 utf-16-be utf-16-le utf-32 utf-32-be utf-32-le".split()
    )
    .union(f"cp{n}" for n in range(1250, 1259))
    .union(f"iso8859-{n}" for n in range(2, 17))
)
"""Codecs that take proportional time; Python has others, such as IDNA and bzip2."""
LABELS = {
    "gb_2312_80": "gb2312",
    "iso_8859_8_i": "iso8859-8",
    "ks_c_5601": "euc_kr",
    "ks_c_5601_1987": "euc_kr",
    "unicode_1_1_utf_7": "utf-7",
    "dos_874": "cp874",
    "koi8": "koi8-r",
    "unicode": "utf-16",
    "windows_31j": "cp932",
    "windows_874": "cp874",
    "windows_949": "cp949",
    "x_euc_jp": "euc_jp",
    "x_gbk": "gbk",
    "x_mac_cyrillic": "mac-cyrillic",
    "x_mac_roman": "mac-roman",
    "x_sjis": "shift_jis",
    "x_x_big5": "big5",
}
"""Names in use that Python does not know."""


def decode_document(name: str, data: bytes) -> str:
    """Decode a whole document.

    Args:
        name: the document's path, for the error message.
        data: its bytes.

    Returns:
        The text without a byte-order mark, each CRLF or CR read as one line feed.

    Raises:
        NotADocumentError: the bytes hold a NUL near their beginning, and are not UTF-16 or UTF-32.
    """
    if _marked(data) or b"\0" not in data[:BINARY_PROBE]:
        return decode(data)
    encoding = _wide_encoding(data[:BINARY_PROBE])
    if encoding is None:
        raise NotADocumentError(name, "a binary file, not text")
    return decode(data.decode(encoding, "replace").encode("utf-8", "replace"))


def decode(data: bytes) -> str:
    """Decode `data` by its byte-order mark, else as UTF-8, else as what it most looks like.

    Never fails: what cannot be decoded becomes U+FFFD.
    """
    text = _decode_characters(data)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def decode_declared(data: bytes, label: str) -> str:
    """Decode bytes that come with the name of their character set, which may be wrong.

    Args:
        data: the bytes.
        label: the name, such as `ISO-8859-1` or `gb2312`; empty for none.

    Returns:
        The text. What is valid UTF-8 beyond ASCII is taken for that, and what has no NUL is not
        taken for UTF-16 or UTF-32, whatever it is called.
    """
    codec = codec_of(label) if label else None
    if codec and codec.startswith(TWO_OR_FOUR) and b"\0" not in data:
        codec = None
    if codec is None or not codec.startswith((*SHIFTING, *TWO_OR_FOUR)):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if codec is None or codec == "utf-8":
        return decode(data)
    return data.decode(codec, "replace")


def _marked(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)


def _wide_encoding(beginning: bytes) -> str | None:
    """Return the encoding of two or four bytes a character that a text without a mark is in."""
    for encoding in WIDE:
        text = beginning.decode(encoding, "replace")
        if "\0" not in text and 2 * len(re.findall(PLAIN, text)) > len(text):
            return encoding
    return None


def _decode_characters(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_damaged(data)


def _decode_damaged(data: bytes) -> str:
    """Decode as UTF-8 if most non-ASCII sequences are valid there, else as `guess` has it."""
    text = data.decode("utf-8", "replace")
    replaced = text.count(REPLACEMENT)
    damaged = replaced - data.count(REPLACEMENT.encode())
    ascii_characters = len(data.translate(None, NON_ASCII))
    valid = len(text) - ascii_characters - damaged
    if valid > damaged:
        return text
    return data.decode(guess(data), "replace")


def codec_of(label: str) -> str | None:
    """Return the codec that a document names as its character set.

    Args:
        label: the name, such as `ISO-8859-1` or `gb2312`.

    Returns:
        The name of a codec; None if there is none that text is written in.
    """
    plain = re.sub(r"[\W_]++", "_", label[:60].strip().lower())
    try:
        name = codecs.lookup(LABELS.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    name = CODECS.get(name, name)
    return name if name in ALLOWED else None


class WrittenLanguage(Record):
    """A language, or several that share an alphabet.

    Attributes:
        encodings: what it is written in, the usual one first.
        letters: those beyond ASCII, small; of other scripts in order of frequency.
    """

    encodings: tuple[str, ...]
    letters: str


WESTERN = (USUAL,)
CENTRAL = ("cp1250", "iso8859-2")
BALTIC = ("cp1257",)
CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5")
LANGUAGES = (
    WrittenLanguage(WESTERN, "éèàçêâîôûùëïüœæ"),
    WrittenLanguage(WESTERN, "äöüßé"),
    WrittenLanguage(WESTERN, "áéíóúñü"),
    WrittenLanguage(WESTERN, "áâãàçéêíóôõúü"),
    WrittenLanguage(WESTERN, "àèéìíîòóùú"),
    WrittenLanguage(WESTERN, "åäöéü"),
    WrittenLanguage(WESTERN, "æøåéóäö"),
    WrittenLanguage(WESTERN, "áðéíóúýþæö"),
    WrittenLanguage(WESTERN, "àçèéíïòóúü·"),
    WrittenLanguage(CENTRAL, "ąćęłńóśźż"),
    WrittenLanguage(CENTRAL, "áčďéěíňóřšťúůýž"),
    WrittenLanguage(CENTRAL, "áäčďéíĺľňóôŕšťúýž"),
    WrittenLanguage(CENTRAL, "áéíóöőúüű"),
    WrittenLanguage(CENTRAL, "čćđšž"),
    WrittenLanguage(CENTRAL, "ăâîşţ"),
    WrittenLanguage(("cp1254",), "çğıöşüâîûiİ"),
    WrittenLanguage(BALTIC, "ąčęėįšųūž"),
    WrittenLanguage(BALTIC, "āčēģīķļņšūž"),
    WrittenLanguage(BALTIC, "äõöüšž"),
    WrittenLanguage(CYRILLIC, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
    WrittenLanguage(("cp1251", "koi8-u"), "оаинвітерслкудмпязьбгйчхцїжєщюшфґ"),
    WrittenLanguage(("cp1251",), "аиоенртсвлкдпмзбугячъщцйхжюшфь"),
    WrittenLanguage(("cp1251", "iso8859-5"), "аиоенртсјвукдлмпгзбчњцжшљћђхфџ"),
    WrittenLanguage(("cp1253", "iso8859-7"), "αοιετνσρκπυςλμηγδθχωφβξζψίόάέήύώϊϋΐ"),
    WrittenLanguage(("cp1255", "iso8859-8"), "יוהלאתרבמשנדעקחפםטכגזןסצץףך"),
    WrittenLanguage(("cp1256", "iso8859-6"), "الينمترهوبسعفكدةقجحشأطصضخذثزىغإئءؤظآ"),
    WrittenLanguage(("cp874",), "านรอกเงมยลวดทสตะปบคหแจพชขใไโผ่้ิีุู็ัํึื์ๆซศณฟธถฐภฉญษฎฏฑฒฆฌฤ"),
    WrittenLanguage(
        ("gb18030",), "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能"
    ),
    WrittenLanguage(
        ("big5hkscs",), "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能"
    ),
    WrittenLanguage(
        ("cp932", "euc_jp"),
        "いのんしるにとてはなかたをがでっすれこらもまさりきアイスンルトクラリシコツウマバフレロジグくあけうめよせそえみやわちつどおだねほひへむゆろ",
    ),
    WrittenLanguage(("cp949",), "이다는을가의에고기지하도한자로리사나어를은서인대으시그해"),
)
"""Those whose texts stand in the encodings of one byte a letter, or in the older Asian ones."""


def guess(data: bytes) -> str:
    """Return the codec that bytes which are not UTF-8 are most likely written in.

    Args:
        data: the bytes of a text.
    """
    found = re.search(NOT_ASCII, data)
    if found is None:
        return USUAL
    start = max(data.rfind(b"\n", 0, found.start()) + 1, found.start() - SAMPLE)
    sample = data[start : found.start() + SAMPLE]
    best, highest = USUAL, POOR
    for encoding, alphabets in _alphabets().items():
        text = _decoded(sample, encoding)
        for alphabet in alphabets if text else ():
            score = _score(text, alphabet)
            if score > highest:
                best, highest = encoding, score
    return best


class Alphabet(Record):
    """What letters are worth where a text is tried as a language's.

    Attributes:
        weights: the worth of each small letter.
        latin: whether it has the letters of ASCII too.
        rare: the worth of a letter that is not listed.
    """

    weights: dict[str, float]
    latin: bool
    rare: float


@cache
def _alphabets() -> dict[str, list[Alphabet]]:
    """Return the alphabets by encoding, in the order of the table."""
    alphabets: dict[str, list[Alphabet]] = {}
    for language in LANGUAGES:
        letters = language.letters
        latin, asian = letters[0] < "\u0300", re.match(ASIAN, letters) is not None
        weights = {
            letter: 1.0 if latin or asian or place < FREQUENT else 0.6 if place < RARE else 0.1
            for place, letter in enumerate(letters)
        }
        for encoding in language.encodings:
            alphabet = Alphabet(weights, latin, 0.25 if asian else -1.0)
            alphabets.setdefault(encoding, []).append(alphabet)
    return alphabets


def _decoded(sample: bytes, encoding: str) -> str:
    """Return a sample as an encoding has it; empty if the encoding cannot be it."""
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError as error:
        # The sample may end within a character.
        if error.start >= len(sample) - 4:
            return sample[: error.start].decode(encoding, "ignore")
        return ""


def _score(text: str, alphabet: Alphabet) -> float:
    """Return how well a text fits an alphabet: at most 1, and 0 or less where it does not."""
    values = [_worth(text, found.start(), alphabet) for found in re.finditer(BEYOND_ASCII, text)]
    return sum(values) / len(values) if values else 0.0


def _worth(text: str, place: int, alphabet: Alphabet) -> float:
    """Return what a character beyond ASCII adds to a score."""
    letter, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if letter in QUOTES:
        return 1.0
    if letter in SIGNS:
        return 1.0 if not before.isalpha() and before not in SIGNS else -1.0
    if letter.isupper() and before.islower():
        return -1.0
    if not alphabet.latin and (before + after).isascii() and (before + after).isalpha():
        return -1.0
    worth = alphabet.weights.get(letter.lower(), -1.0)
    return alphabet.rare if worth < 0 and re.match(ASIAN, letter) else worth
