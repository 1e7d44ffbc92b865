"""Rows that did not change are not put on the screen again, and those that did are."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import Input

from briefqa.documents import read_document
from briefqa.spans import Span
from briefqa.tui.document_search import Matches
from briefqa.tui.document_view import DocumentView

LINES = [f"Line {number} of a report about forty ships and their masts." for number in range(60)]


class ViewApp(App[None]):
    """An app with a view whose border changes when it is focused."""

    CSS = "DocumentView { border: round red; } DocumentView:focus { border: heavy blue; }"

    def compose(self) -> ComposeResult:
        """Create the widgets."""
        yield Input()
        yield DocumentView()


def drawn(view: DocumentView) -> list[Strip]:
    return view.render_lines(view.outer_size.region)


def drawn_anew(view: DocumentView) -> list[Strip]:
    view._shown.clear()
    view._styles_cache.clear()
    return drawn(view)


def test_the_screen_is_as_if_all_rows_were_drawn_anew(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")

    async def scenario() -> None:
        async with ViewApp().run_test(size=(60, 20)) as pilot:
            view = pilot.app.query_one(DocumentView)
            view.show(read_document(str(path)), Span(0, 40))
            changes: list[Callable[[], object]] = [
                lambda: view.highlight(Matches([Span(5, 9), Span(70, 76)])),
                lambda: view.move(1),
                lambda: view.scroll_to(0, 3, animate=False, immediate=True),
                lambda: view.focus(),
                lambda: setattr(view, "border_title", "another"),
                lambda: setattr(pilot.app, "theme", "textual-light"),
                lambda: view.wrap(wrapped=False),
            ]
            for change in changes:
                change()
                await pilot.pause()
                strips = drawn(view)
                assert strips == drawn_anew(view)
            await pilot.resize_terminal(44, 12)
            assert drawn(view) == drawn_anew(view)

    asyncio.run(scenario())


def test_a_row_that_is_the_same_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\n".join(LINES), encoding="utf-8")

    async def scenario() -> None:
        async with ViewApp().run_test(size=(80, 20)) as pilot:
            view = pilot.app.query_one(DocumentView)
            view.show(read_document(str(path)))
            await pilot.pause()
            before = drawn(view)
            view.highlight(Matches([Span(0, 4)]))
            kept = [one is other for one, other in zip(before, drawn(view), strict=True)]
            # The row with the match, below the border.
            assert not kept[1]
            assert all(kept[2:15])

    asyncio.run(scenario())
