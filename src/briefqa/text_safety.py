"""Sanitising hostile text before it is shown.

A document, a file name or a question may contain escape sequences that change the window's title,
write to the clipboard, or reorder the text on the screen. Each character is replaced by one
character, so that spans remain valid.
"""

from __future__ import annotations

from functools import cache

__all__ = ["REPLACEMENT", "sanitise", "sanitise_name"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

CONTROL_PICTURES = 0x2400
"""The first of Unicode's visible symbols for control characters, which are in the same order."""


@cache
def _text_table() -> dict[int, int | str]:
    """Return what the characters of a text are replaced by."""
    return {
        **{code: CONTROL_PICTURES + code for code in range(0x20) if chr(code) not in "\n\t"},
        0x7F: "\N{SYMBOL FOR DELETE}",
        **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
        **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], REPLACEMENT),
        **dict.fromkeys((0x2028, 0x2029), " "),
        **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    }


@cache
def _name_table() -> dict[int, int | str]:
    """Return what the characters of a name are replaced by."""
    return {**_text_table(), ord("\n"): REPLACEMENT, ord("\t"): REPLACEMENT}


def sanitise(text: str) -> str:
    """Replace control characters and bidirectional overrides, which a terminal would obey.

    New lines and tabs are kept, as are combining marks and joiners, which only shape letters.
    """
    # Nothing printable is replaced, and building the table takes longer than most texts do.
    return text if text.isprintable() else text.translate(_text_table())


def sanitise_name(name: str) -> str:
    """Do the same for a name or a message, and replace new lines and tabs as well."""
    return name if name.isprintable() else name.translate(_name_table())
