"""A view of rows, of which only those that change are put on the screen again."""

from __future__ import annotations

from rich.style import Style
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from briefqa.records import Record

__all__ = ["RowView"]


class _ShownRow(Record):
    """A row on the screen.

    Attributes:
        strip: the row as it was drawn.
        line: what Textual made of it, with the border around it.
    """

    strip: Strip
    line: Strip


class _Sides(Record):
    """What is beside a row: the border, if there is one."""

    left: Strip
    right: Strip

    def around(self, row: Strip) -> Strip:
        """Return the line of a row."""
        width = self.left.cell_length + row.cell_length + self.right.cell_length
        return Strip([*self.left, *row, *self.right], width)


class RowView(ScrollView, can_focus=True):
    """A scrolled view that shows a row of text in each of its lines.

    Textual takes several times as long to put a row on the screen as it takes to draw it, and most
    rows are often the same as before. They are drawn to find that out, and no more is done. What is
    beside a row is taken from the line of another, unless effects change the row itself.
    """

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._shown: dict[int, _ShownRow] = {}
        self._changed: dict[int, Strip] = {}
        self._sides: _Sides | None = None
        self._styles_of_parts: dict[tuple[str, bool], Style] = {}
        self._surroundings: object = None

    def part_style(self, name: str, *, partial: bool = False) -> Style:
        """Return the style of a part of a row, by the name of its component class."""
        key = name, partial
        style = self._styles_of_parts.get(key)
        if style is None:
            style = self.get_component_rich_style(f"{self.id}--{name}", partial=partial)
            self._styles_of_parts[key] = style
        return style

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return the styles of component classes, which are computed when they are first drawn.

        Textual computes those of `COMPONENT_CLASSES` before the first paint, which needs few.
        """
        for name in names:
            if name not in self._component_styles:
                part = DOMNode(classes=name)
                part._attach(self)
                self.app.stylesheet.apply(part, animate=False)
                self._component_styles[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Compute the styles of component classes again: those of the view have changed."""
        self._component_styles.clear()
        super().notify_style_update()

    def draw_row(self, y: int, width: int) -> Strip:
        """Draw a visible row.

        Args:
            y: its number, from 0 for the first one in view.
            width: the cells of the row.
        """
        raise NotImplementedError

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render some lines of the widget, its border included."""
        self._styles_of_parts.clear()
        self._forget_if_restyled()
        top = self.content_region.y - self.region.y
        width, height = self.scrollable_content_region.size
        cache = self._styles_cache
        for row in range(max(0, crop.y - top), min(height, crop.bottom - top)):
            if not cache.is_dirty(row + top):
                continue
            strip, shown = self.draw_row(row, width), self._shown.get(row)
            if shown is None or shown.strip != strip:
                if self._sides is None:
                    self._changed[row] = strip
                    continue
                shown = self._shown[row] = _ShownRow(strip, self._sides.around(strip))
            cache._cache[row + top] = shown.line
            cache._dirty_lines.discard(row + top)
        strips = super().render_lines(crop)
        for row, strip in self._changed.items():
            self._shown[row] = _ShownRow(strip, cache._cache[row + top])
        self._sides = self._sides or self._find_sides()
        self._changed.clear()
        return strips

    def _find_sides(self) -> _Sides | None:
        """Return what is beside the rows; None if Textual changes them in other ways too."""
        left = self.content_region.x - self.region.x
        for row in self._changed:
            shown = self._shown[row]
            strip, line = shown.strip, shown.line
            end = left + strip.cell_length
            sides = _Sides(line.crop(0, left), line.crop(end, line.cell_length))
            return sides if sides.around(strip) == line else None
        return None

    def render_line(self, y: int) -> Strip:
        """Render a visible row."""
        strip = self._changed.get(y)
        return strip or self.draw_row(y, self.scrollable_content_region.width)

    def _forget_if_restyled(self) -> None:
        """Forget the rows if what is around them has changed, such as the colour of the border."""
        styles = self.styles
        effects = styles.opacity, styles.text_opacity, styles.tint, styles.hatch
        room = self.scrollable_content_region.width
        around = (
            self.size,
            room,
            self.background_colors,
            styles.border,
            styles.outline,
            styles.padding,
        )
        surroundings = around, effects, self.app.ansi_theme, self.app.native_ansi_color
        if surroundings != self._surroundings:
            self._surroundings = surroundings
            self._shown.clear()
            self._sides = None
