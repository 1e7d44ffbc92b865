"""The colours of the app, computed from a theme so that all text can be read.

The ratio of contrast and its minimum are those of the Web Content Accessibility Guidelines 2.1
(success criteria 1.4.3 and 1.4.11): 4.5 for text, 3 for marks.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import BLACK, WHITE, Color
from textual.theme import Theme

__all__ = ["MARK_RATIO", "TEXT_RATIO", "contrast", "own_colours", "readable", "theme_colours"]

TEXT_RATIO = 4.5
MARK_RATIO = 3.0
STEPS = 20
"""Shades between a colour and black or white that are tried."""
STRONG_RATIO = 7.0
"""That of the enhanced criterion 1.4.6: text that must differ from readable text beside it."""
CARD_RATIO = 5.5
FADED = {"text-aside": 0.65, "text-card": 0.8, "text-selected": 1.0}
"""Text with less than the full foreground, by its share of it."""
RATIOS = {"text-aside": TEXT_RATIO, "text-card": CARD_RATIO, "text-selected": STRONG_RATIO}
"""The contrast of each, so that none is as strong as the next."""
GUTTER = 0.4
HIGHLIGHT = 0.1
"""The share of the foreground in the background of a selected row; text can be read on it, too."""
FRAME = 0.3
NAMED = {
    "text-mark": "text-accent",
    "text-found": "text-success",
    "text-unsure": "text-warning",
    "text-bad": "text-error",
}
"""The colours that mean something, and those of the theme that they are made from."""
ANSI = {
    True: {
        "text-mark": "ansi_bright_yellow",
        "text-found": "ansi_bright_green",
        "text-unsure": "ansi_bright_yellow",
        "text-bad": "ansi_bright_red",
    },
    False: {
        "text-mark": "ansi_magenta",
        "text-found": "ansi_blue",
        "text-unsure": "ansi_red",
        "text-bad": "ansi_red",
    },
}
"""Colours of the terminal itself, for dark and for light ones."""
ANSI_GREY = "ansi_bright_black"


def theme_colours(variables: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    """Return the colours of the app by the names that `app.tcss` uses.

    Args:
        variables: the colours of a theme.
        dark: whether the theme is a dark one.
    """
    foreground = Color.parse(variables["foreground"])
    background = Color.parse(variables["background"])
    if background.ansi is not None:
        # Which colours these are, the terminal decides: text is faded by the attribute.
        default = variables["foreground"]
        plain = dict.fromkeys((*FADED, "gutter"), default)
        bars = _scrollbars(ANSI_GREY, variables["background"], ANSI[dark]["text-mark"])
        plain |= {"highlight": variables["background"], "frame": ANSI_GREY}
        return {**plain, **ANSI[dark], **bars}
    highlight = background.blend(foreground, HIGHLIGHT, alpha=1)
    # A faint foreground would be weaker than what is made readable beside it.
    foreground = readable(foreground, highlight, STRONG_RATIO)
    faded = {
        name: readable(background.blend(foreground, share), highlight, RATIOS[name]).hex
        for name, share in FADED.items()
    }
    gutter = readable(background.blend(foreground, GUTTER), background, MARK_RATIO).hex
    named = {
        name: readable(Color.parse(variables[source]), highlight, TEXT_RATIO).hex
        for name, source in NAMED.items()
    }
    frame = background.blend(foreground, FRAME, alpha=1).hex
    bars = _scrollbars(gutter, background.hex, named["text-mark"])
    rest = {
        "foreground": faded["text-selected"],
        "gutter": gutter,
        "highlight": highlight.hex,
        "frame": frame,
    }
    return {**faded, **named, **rest, **bars}


def _scrollbars(thumb: str, trough: str, active: str) -> dict[str, str]:
    """Return the colours of scroll bars: there is no trough, and only a thumb in use is bright."""
    bars = {"scrollbar": thumb, "scrollbar-hover": active, "scrollbar-active": active}
    troughs = ("background", "background-hover", "background-active", "corner-color")
    return bars | {f"scrollbar-{each}": trough for each in troughs}


def own_colours(theme: Theme) -> str:
    """Return the name of the theme of the terminal's own colours that is dark, or not, as another.

    Of 16 colours, those nearest to a theme's are often the same for different things.
    """
    return "ansi-dark" if theme.dark else "ansi-light"


def readable(colour: Color, background: Color, ratio: float) -> Color:
    """Return the nearest shade of a colour that has a contrast with a background."""
    # Blended shades are rounded.
    solid = background.blend(colour, colour.a, alpha=1)
    target = max((BLACK, WHITE), key=lambda extreme: contrast(extreme, background))
    shades = (solid.blend(target, step / STEPS) for step in range(STEPS))
    return next((shade for shade in shades if contrast(shade, background) >= ratio), target)


def contrast(first: Color, second: Color) -> float:
    """Return the ratio of contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance, from 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
