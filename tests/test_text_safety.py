"""Sanitised text cannot control a terminal."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefqa.text_safety import sanitise, sanitise_name

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))
BIDI = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}
EVERY_CHARACTER = "".join(map(chr, range(0x110000)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("\x00\r\x7f", "␀␍␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\u202eevil\u2069", "\ufffdevil\ufffd"),
        ("a\u2028b\u2029c", "a b c"),
        ("\ud800", "\ufffd"),
        ("e\u0301 \u200d ❤\ufe0f", "e\u0301 \u200d ❤\ufe0f"),
    ],
)
def test_what_a_terminal_obeys_is_replaced_and_the_rest_stays(text: str, shown: str) -> None:
    assert sanitise(text) == shown


def test_a_name_stays_on_one_line() -> None:
    assert sanitise_name("a\nb\tc\x1b") == "a\ufffdb\ufffdc␛"


def expected(code: int) -> str:
    """Return what a character is replaced by, as specified."""
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in (0x2028, 0x2029):
        return " "
    gone = 0x80 <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or chr(code) in BIDI
    return "\ufffd" if gone else chr(code)


def test_each_character_becomes_what_the_contract_says() -> None:
    contract = "".join(map(expected, range(0x110000)))
    assert sanitise(EVERY_CHARACTER) == f"{contract[:9]}\t\n{contract[11:]}"
    assert sanitise_name(EVERY_CHARACTER) == f"{contract[:9]}\ufffd\ufffd{contract[11:]}"
    alone = "".join(map(sanitise_name, EVERY_CHARACTER))
    assert alone == sanitise_name(EVERY_CHARACTER)


@pytest.mark.parametrize(("make_safe", "kept"), [(sanitise, {"\n", "\t"}), (sanitise_name, set())])
def test_of_all_characters_none_that_commands_is_left(
    make_safe: Callable[[str], str], kept: set[str]
) -> None:
    safe = make_safe(EVERY_CHARACTER)
    assert len(safe) == len(EVERY_CHARACTER)
    controls = {character for character in safe if unicodedata.category(character) in ("Cc", "Cs")}
    assert controls == kept
    assert BIDI.isdisjoint(safe)


@given(text=ANY_TEXT)
def test_each_character_becomes_one_and_stays_so(text: str) -> None:
    assert len(sanitise(text)) == len(text)
    assert sanitise(sanitise(text)) == sanitise(text)
    sanitise(text).encode()
