"""Only what changes is sent to the terminal, which shows the same as if everything were sent."""

import io
import re
from collections.abc import Sequence
from unicodedata import combining

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from briefqa.tui.frame import Changes, ScreenFrame
from tui import Driver, drive

CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
STYLES = [None, Style(bold=True), Style(color="red", bgcolor="#123456")]
TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|([^\x1b\n])")
WIDTH, HEIGHT = 12, 2


class Terminal:
    """The cells of a terminal, as escape sequences draw them.

    Args:
        wide: the width of wide characters.
    """

    def __init__(self, wide: int = 2) -> None:
        self._wide = wide
        self.cells = [[(" ", "")] * (4 * WIDTH) for _ in range(HEIGHT)]

    def feed(self, sent: str) -> None:
        """Draw what is sent."""
        x = y = 0
        style = ""
        for row, column, sgr, character in TOKEN.findall(sent):
            if row:
                y, x = int(row) - 1, int(column) - 1
            elif character and not combining(character):
                width = self._wide if cell_len(character) == 2 else 1
                for text in (character, *[""] * (width - 1)):
                    self._write(x, y, text, style)
                    x += 1
            elif not character:
                style = sgr.removeprefix("0")

    def _write(self, x: int, y: int, text: str, style: str) -> None:
        """Set a cell; what remains of a wide character that is cut is a blank."""
        cells = self.cells[y]
        if text and not cells[x][0]:
            cells[x - 1] = (" ", cells[x - 1][1])
        if not cells[x + 1][0]:
            cells[x + 1] = (" ", cells[x + 1][1])
        cells[x] = (text, style)


def strips(width: int) -> st.SearchStrategy[Strip]:
    """Return strips of some width."""
    segments = st.lists(
        st.builds(Segment, st.text("ab ─日", max_size=4), st.sampled_from(STYLES), st.none()),
        max_size=4,
    )
    return segments.map(lambda each: _fill(each, width))


def _fill(segments: Sequence[Segment], width: int) -> Strip:
    """Return a strip of as many of the segments as fit, and blanks."""
    kept: list[Segment] = []
    for segment in segments:
        if segment.cell_length <= width:
            kept.append(segment)
            width -= segment.cell_length
    return Strip([*kept, Segment(" " * width)])


@st.composite
def layouts(draw: st.DrawFn) -> LayoutUpdate:
    x, y = draw(st.integers(0, 3)), draw(st.integers(0, HEIGHT - 1))
    rows = draw(st.lists(st.tuples(strips(3), strips(5)), min_size=1, max_size=HEIGHT - y))
    return LayoutUpdate(list(rows), Region(x, y, 8, len(rows)))


@st.composite
def chops(draw: st.DrawFn) -> ChopsUpdate:
    fragments = [
        {0: draw(st.none() | strips(5)), 5: draw(st.none() | strips(7))} for _ in range(HEIGHT)
    ]
    span = st.tuples(st.integers(0, HEIGHT - 1), st.integers(0, 5), st.integers(6, WIDTH))
    spans = draw(st.lists(span, min_size=1, max_size=3))
    return ChopsUpdate(fragments, spans, [[5, WIDTH]] * HEIGHT)


@given(st.lists(layouts() | chops(), max_size=5))
def test_the_terminal_shows_the_same(updates: Sequence[LayoutUpdate | ChopsUpdate]) -> None:
    whole, part, frame = Terminal(), Terminal(), ScreenFrame()
    for update in updates:
        whole.feed(update.render_segments(CONSOLE))
        part.feed(Changes(update, frame).render_segments(CONSOLE))
        assert part.cells == whole.cells


@given(st.lists(layouts() | chops(), max_size=4), st.sampled_from([1, 3]))
def test_text_takes_the_place_of_characters_of_another_width(
    updates: Sequence[LayoutUpdate | ChopsUpdate], wide: int
) -> None:
    terminal, frame = Terminal(wide), ScreenFrame()
    row = LayoutUpdate([[Strip([Segment("abc" * 4)])]] * HEIGHT, Region(0, 0, WIDTH, HEIGHT))
    for update in (*updates, row):
        terminal.feed(Changes(update, frame).render_segments(CONSOLE))
    assert ["".join(text for text, _ in cells[:WIDTH]) for cells in terminal.cells] == [
        "abc" * 4
    ] * HEIGHT


JOINED = "👩\u200d👧👍🏽क्षि日\u0301é"
"""Several characters each, but for the last two: some terminals draw them side by side."""


@given(st.lists(st.text(f"ab─ {JOINED}", max_size=5), min_size=1, max_size=3))
def test_what_follows_joined_characters_is_in_its_column(texts: list[str]) -> None:
    terminal, frame = Terminal(), ScreenFrame()
    for text in texts:
        line = Strip([Segment(text), Segment("│")])
        update = LayoutUpdate([[line]], Region(0, 0, line.cell_length, 1))
        terminal.feed(Changes(update, frame).render_segments(CONSOLE))
        assert terminal.cells[0][line.cell_length - 1][0] == "│"


def test_fewer_cells_than_expected_leave_nothing_stale() -> None:
    assert sent(ScreenFrame(), Segment("a❤\ufe0fb")) == ("\x1b[2;3Ha  \x1b[2;4H❤\ufe0f\x1b[2;6Hb")
    # Accents take no cell anywhere.
    assert sent(ScreenFrame(), Segment("e\u0301b")) == "\x1b[2;3He\u0301b"


def sent(frame: ScreenFrame, *segments: Segment) -> str:
    update = LayoutUpdate([[Strip(segments)]], Region(2, 1, 10, 1))
    return Changes(update, frame).render_segments(CONSOLE)


def test_only_the_cells_that_change_are_sent() -> None:
    frame = ScreenFrame()
    assert sent(frame, Segment("one"), Segment("two", STYLES[1])) == "\x1b[2;3Hone\x1b[1mtwo\x1b[0m"
    assert not sent(frame, Segment("one"), Segment("two", STYLES[1]))
    assert not sent(frame, Segment("on"), Segment("e"), Segment("two", STYLES[1]))
    assert sent(frame, Segment("ode"), Segment("two", STYLES[1])) == "\x1b[2;4Hd"
    assert sent(frame, Segment("odetwo")) == "\x1b[2;6Htwo"
    assert sent(frame, Segment("Ode"), Segment("two ")) == "\x1b[2;3HO\x1b[2;9H "
    frame.clear()
    assert sent(frame, Segment("Ode")) == "\x1b[2;3HOde"


def test_everything_is_sent_again_when_the_size_changes() -> None:
    async def scenario(app: Driver) -> None:
        frame = ScreenFrame()

        def redrawn() -> str:
            update = app.app.screen._compositor.render_full_update()
            return Changes(update, frame).render_segments(CONSOLE)

        setattr(app.app._driver, "frame", frame)  # noqa: B010
        assert "Ask>" in redrawn()
        assert not redrawn()
        await app.pilot.resize_terminal(80, 24)
        assert "Ask>" in redrawn()

    drive(scenario)


def test_what_was_drawn_over_is_sent_again() -> None:
    frame = ScreenFrame()
    text, over = Strip([Segment("abcd")]), Strip([Segment("x")])

    def sent(x: int, strip: Strip) -> str:
        return "".join(part.text for _, _, part in frame.changes(x, 0, strip))

    assert [sent(0, text), sent(0, text), sent(2, over), sent(0, text)] == ["abcd", "", "x", "c"]
