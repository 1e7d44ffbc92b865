"""Making hostile text safe to show.

A document, a file name or a question may hold escape sequences that retitle the window, write to
the clipboard or reorder what is read. One character becomes one character, so that spans hold.
"""

from __future__ import annotations

from functools import cache

__all__ = ["REPLACEMENT", "sanitise", "sanitise_name"]

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

CONTROL_PICTURES = 0x2400
"""Unicode's visible stand-ins for the control characters, in their order."""


@cache
def _in_text() -> dict[int, int | str]:
    """What becomes of the characters of a text that do not stay."""
    return {
        **{code: CONTROL_PICTURES + code for code in range(0x20) if chr(code) not in "\n\t"},
        0x7F: "\N{SYMBOL FOR DELETE}",
        **dict.fromkeys(range(0x80, 0xA0), REPLACEMENT),
        **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], REPLACEMENT),
        **dict.fromkeys((0x2028, 0x2029), " "),
        **dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT),
    }


@cache
def _in_names() -> dict[int, int | str]:
    """The same for a name."""
    return {**_in_text(), ord("\n"): REPLACEMENT, ord("\t"): REPLACEMENT}


def sanitise(text: str) -> str:
    """Replace what a terminal would obey: control characters, bidirectional overrides.

    New lines and tabs stay; so do combining marks and joiners, which only shape letters.
    """
    # Nothing printable is replaced, and the table takes longer to make than most texts to clean.
    return text if text.isprintable() else text.translate(_in_text())


def sanitise_name(name: str) -> str:
    """Do the same for a name or a message, which must stay on one line."""
    return name if name.isprintable() else name.translate(_in_names())
