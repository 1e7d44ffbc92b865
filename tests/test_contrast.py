"""Contrast: every text of the app can be read in every theme, ANSI and 16 colours included."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import BLACK, WHITE, Color
from textual.screen import ModalScreen, Screen
from textual.theme import BUILTIN_THEMES

from briefqa.tui.contrast import MARK_RATIO, TEXT_RATIO, contrast, readable, theme_colours
from tui import Driver, drive

VGA = [
    (0, 0, 0), (170, 0, 0), (0, 170, 0), (170, 85, 0), (0, 0, 170), (170, 0, 170), (0, 170, 170),
    (170, 170, 170), (85, 85, 85), (255, 85, 85), (85, 255, 85), (255, 255, 85), (85, 85, 255),
    (255, 85, 255), (85, 255, 255), (255, 255, 255),
]  # fmt: skip
DARK = TerminalTheme((0, 0, 0), (255, 255, 255), VGA[:8], VGA[8:])
LIGHT = TerminalTheme((255, 255, 255), (0, 0, 0), VGA[:8], VGA[8:])
MARKS = frozenset("▌▐★")
DRAWN = frozenset("─│╭╮╰╯▁▂▃▄▅▆▇█▏▎▍▋▊▉▔▕▀")
"""Characters of borders and scroll bars."""
COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: Color(*parts))


def ratio(style: Style, terminal: TerminalTheme) -> float:
    """Return the contrast of a style on a terminal."""
    default = RichColor.default()
    text, ground = (
        Color(*(colour or default).get_truecolor(terminal, foreground=is_text))
        for colour, is_text in ((style.color, True), (style.bgcolor, False))
    )
    return contrast(*((ground, text) if style.reverse else (text, ground)))


def unreadable(segments: list[Segment], terminal: TerminalTheme) -> set[tuple[str, float]]:
    """Return the texts and marks with too little contrast."""
    found = set()
    for segment in segments:
        characters = {*segment.text} - DRAWN - {" "}
        style = segment.style or Style()
        if not characters:
            continue
        is_number = segment.text.strip().isdigit()
        least = MARK_RATIO if characters <= MARKS or is_number else TEXT_RATIO
        if ratio(style, terminal) < least - 0.05:
            found.add((segment.text.strip(), round(ratio(style, terminal), 2)))
    return found


def segments_of(screen: Screen[Any]) -> list[Segment]:
    """Return what is drawn on a screen; of a dialog, only its box."""
    strips = screen._compositor.render_strips()
    if isinstance(screen, ModalScreen):
        box = next(iter(screen.children)).region
        strips = [strip.crop(box.x, box.right) for strip in strips[box.y : box.bottom]]
    return [segment for strip in strips for segment in strip]


def test_all_text_can_be_read_in_every_theme() -> None:
    found = {}

    async def measure(app: Driver, *states: str) -> None:
        """Measure the screens, those behind first: a change of theme takes most of the time."""
        for name, theme in BUILTIN_THEMES.items():
            app.app.theme = name
            await app.pilot.pause()
            for state, screen in zip(states, app.app.screen_stack[-len(states) :], strict=True):
                if bad := unreadable(segments_of(screen), DARK if theme.dark else LIGHT):
                    found[state, name] = bad

    async def scenario(app: Driver) -> None:
        await app.ask("When will Kishida and Biden meet?")
        await app.press("enter", "slash", *"zzz")
        await app.until(lambda: any("no match" in line for line in app.lines()))
        await app.press("f1")
        await measure(app, "an answer, and a text to find", "help")
        await app.press("escape")
        await app.ask("zebra")
        await app.press("ctrl+r")
        await measure(app, "no answer", "history")
        assert not found

    drive(scenario)


def test_what_is_aside_is_never_as_strong_as_what_it_surrounds() -> None:
    for name, theme in BUILTIN_THEMES.items():
        variables = theme.to_color_system().generate()
        colours = theme_colours(variables, dark=theme.dark)
        ground = Color.parse(variables["background"])
        if ground.ansi is not None:
            continue
        order = ("gutter", "text-aside", "text-card", "foreground")
        shades = [contrast(Color.parse(colours[each]), ground) for each in order]
        assert shades == sorted(set(shades)), name
        assert contrast(Color.parse(colours["scrollbar"]), ground) >= MARK_RATIO, name
        selected = ground.blend(Color.parse(colours["foreground"]), 0.2, alpha=1)
        assert contrast(Color.parse(colours["foreground"]), selected) >= TEXT_RATIO, name


def test_what_is_behind_a_dialog_is_seen_and_weaker() -> None:
    async def scenario(app: Driver) -> None:
        def strength() -> float:
            """Return the contrast of the prompt; dim text has about half of it."""
            (style, *_) = [
                segment.style
                for strip in app.app.screen._compositor.render_strips()
                for segment in strip
                if segment.text == "Ask>" and segment.style
            ]
            dark = app.app.current_theme.dark
            return ratio(style, DARK if dark else LIGHT) / (2 if style.dim else 1)

        for name in ("textual-dark", "solarized-light", "ansi-dark", "ansi-light"):
            app.app.theme = name
            await app.pilot.pause()
            before = strength()
            await app.press("f1")
            assert 1.2 < strength() < 0.7 * before, name
            await app.press("escape")

    drive(scenario)


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_the_answer_is_told_from_what_is_around_it_by_the_terminals_own_colours(name: str) -> None:
    async def scenario(app: Driver) -> None:
        app.app.theme = name
        await app.ask("When will Kishida and Biden meet?")
        drawn = segments_of(app.screen)
        styles = {segment.text: segment.style for segment in drawn if segment.style}
        found, aside = styles["April 10, 2023"], styles["Leadership"]
        assert found.bold
        assert not found.dim
        assert found.color != aside.color
        assert any(style.dim for text, style in styles.items() if "joint statement" in text)

    drive(scenario)


@given(colour=COLOURS, ground=COLOURS, ratio=st.sampled_from([MARK_RATIO, TEXT_RATIO]))
def test_a_readable_shade_has_the_contrast(colour: Color, ground: Color, ratio: float) -> None:
    shade = readable(colour, ground, ratio)
    assert contrast(shade, ground) >= ratio
    if contrast(colour, ground) >= ratio:
        assert shade == colour


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast(BLACK, WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast(Color.parse("#777777"), WHITE) == pytest.approx(4.48, abs=0.01)
