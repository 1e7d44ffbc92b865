"""What of a page is read: all but its navigation and what a browser does not show.

No tree is built; see `briefqa.readers.html`. What is doubtful, such as the text of closed tabs or
an article in an `aside`, is decided once the words of the whole page are counted.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from briefqa.records import Record

__all__ = ["SENTENCE", "TOKEN", "PageSurvey", "survey_page"]

ATTRIBUTES = r"(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+"
TOKEN = re.compile(
    r"<!--(?:[^-]|-(?!-!?>))*+(?:--!?>)?"
    rf"|<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>]){ATTRIBUTES}"
    r"(?<!/)>(?P<content>(?:[^<]|<(?!/(?P=raw)))*+)(?:</(?P=raw)[^<>]*+>)?"
    rf"|<(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)(?P<attributes>{ATTRIBUTES})>"
    r"|<[!?][^<>]*+>",
    re.IGNORECASE,
)
"""A comment, an element whose contents are no mark-up, a tag, a declaration."""

LEFT_OUT = frozenset(
    "nav noscript template svg button select datalist dialog object canvas audio video rt rp"
    " annotation annotation-xml".split()
)
"""Elements that are not read wherever they stand."""
PAGE_FURNITURE = frozenset(["header", "footer"])
SECTIONS = frozenset(["article", "main", "section"])
"""Inside one of these, a header or footer belongs to the text."""
NAVIGATION = re.compile(
    r"(?<=\s)(?:role\s*+=\s*+[\"']?(?:navigation|banner|contentinfo|complementary|search)\b"
    r"|rel\s*+=\s*+[\"']?(?:prev|next|up|home|start|contents|index)\b"
    r"|(?:class|id|summary)\s*+=\s*+(?:[\"'][^\"']*?|[^\s\"']*?)\b(?:breadcrumbs?|pagination|pager"
    r"|nav(?:bar|header|footer|igation|links)|headerlink|permalink|anchorjs-link)\b)",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    r"(?<=\s)(?:class|id)\s*+=\s*+(?:\"[^\"]*?|'[^']*?|[^\s\"']*?)"
    r"(?:comment|disqus|kommentar|related|recommend|teaser|promo|sponsor|newsletter|subscri|cookie|consent|gdpr"
    r"|popular|trending|mostread|most-read|outbrain|taboola|sidebar|share|sharing|toolbar|widget|banner|tagcloud|byline-share|read-?more|see-?also|follow|promot"
    r"|(?<![a-z])(?:shar(?:e|ing)|social|advert(?:s|isement)?)(?![a-z]))",
    re.IGNORECASE,
)
"""What is no part of the text, unless it is most of it."""
BODY = re.compile(
    r"(?<=\s)(?:role\s*+=\s*+[\"']?main\b|itemprop\s*+=\s*+[\"']?articleBody\b"
    r"|(?:class|id)\s*+=\s*+(?:\"[^\"]*?|'[^']*?|[^\s\"']*?)"
    r"(?:article|entry|post|story|page)[_-]*(?:body|content|text))",
    re.IGNORECASE,
)
"""What tells that an element holds the text of the page."""
UNSEEN = re.compile(
    r"(?<=\s)(?:hidden(?=[\s=/]|$)|aria-hidden\s*+=\s*+[\"']?true"
    r"|style\s*+=\s*+[\"'][^\"']*?display\s*+:\s*+none)",
    re.IGNORECASE,
)
LINK_LISTS = frozenset(["ul", "ol", "menu"])
SIGNS = (
    ("navigation", NAVIGATION),
    ("unseen", UNSEEN),
    ("boilerplate", BOILERPLATE),
    ("body", BODY),
)
"""What attributes tell, the surest first."""
CONTROLS = frozenset(["input", "form", "textarea", "button", "select"])
SENTENCE = re.compile(r"\w\W{1,3}\w+[.!?…][\"”’)\]]*\s*$")
"""A piece of text that ends as a sentence of some words does."""
SENTENCE_LIMIT = 100
"""Characters at the end of a piece that are looked at for that."""

LINKED = 0.75
"""The share of a list's words that are links, from which on it is navigation."""
LEAST_ITEMS = 2
"""The minimum number of items of a list of links."""
LEAST_TAB = 20
"""The minimum number of words of a hidden part that may be a closed tab."""
BODY_SHARE = 0.5
"""The minimum share of a page's sentences that the element with its text holds."""
BODY_WORDS = 100
"""The minimum number of words that it holds."""
TABS = 0.25
"""The share of the words shown from which on the closed tabs are the page's text."""


class PageSurvey(Record):
    """What was found.

    Attributes:
        hidden: what is left out: from the beginning of each such element to its end.
        link_lists: those of them that are lists of links.
        tables: where the tables begin that name their columns or rows.
        end: where the text of the page ends: what is outside of its main element follows.
    """

    hidden: dict[int, int]
    link_lists: frozenset[int]
    tables: frozenset[int]
    end: int


class _Count(Record):
    """How much of a page was read up to some place.

    Attributes:
        words: all words.
        linked: those of links.
        sentences: pieces of text that end as a sentence does.
        items: items of lists, and rows.
        controls: what is filled in or pressed.
        articles: articles.
        names: cells and rows that name columns.
    """

    words: int = 0
    linked: int = 0
    sentences: int = 0
    items: int = 0
    controls: int = 0
    articles: int = 0
    names: int = 0

    def since(self, start: _Count) -> _Count:
        """How much was read since an earlier place."""
        return _Count(*(now - before for now, before in zip(self, start, strict=True)))

    def plus(self, others: Iterable[_Count]) -> _Count:
        """How much it is with others together."""
        return _Count(*map(sum, zip(self, *others, strict=True)))


NOTHING = _Count()


class _Opened(Record):
    """A tag that waits for its end."""

    start: int
    reason: str
    tally: _Count


class _Part(Record):
    """An element that may be left out.

    Attributes:
        start: where it begins.
        end: where it ends.
        reason: why it may be left out.
        tally: how much it holds.
    """

    start: int
    end: int
    reason: str
    tally: _Count


def survey_page(source: str, *, whole: bool = True) -> PageSurvey:
    """Find what of a page is left out.

    An element that is never closed is not left out, lest the rest of the page be.

    Args:
        source: the page.
        whole: whether it is a page, not a chapter of a book, where asides are text.
    """
    reader = _Surveyor(whole=whole)
    position = 0
    for token in TOKEN.finditer(source):
        reader.take_text(source[position : token.start()])
        position = token.end()
        if token["name"]:
            reader.take_tag(token["name"].lower(), token)
    reader.take_text(source[position:])
    chosen = _chosen(reader.parts, reader.count())
    return PageSurvey(
        {part.start: part.end for part in chosen},
        frozenset(part.start for part in chosen if part.reason == "links"),
        frozenset(reader.tables),
        _end_of_text(reader, chosen) if whole else sys.maxsize,
    )


def _end_of_text(reader: _Surveyor, hidden: Sequence[_Part]) -> int:
    """Where the element ends that holds the text of the page; the end where there is none."""
    sentences = reader.count().sentences - sum(part.tally.sentences for part in hidden)
    for body in sorted(reader.bodies, key=lambda part: (part.tally.sentences, part.start)):
        inside = sum(part.tally.sentences for part in hidden if body.start <= part.start < body.end)
        enough = body.tally.sentences - inside >= BODY_SHARE * sentences
        if enough and body.tally.words >= BODY_WORDS:
            return body.end
    return sys.maxsize


class _Surveyor:
    """Counts what a page holds, from its beginning to its end.

    Args:
        whole: whether it is a page, not a chapter of a book.

    Attributes:
        parts: what may be left out.
        tables: where the tables begin that have names.
        bodies: what may hold the text of the page.
    """

    def __init__(self, *, whole: bool) -> None:
        self._whole = whole
        self._opened: dict[str, list[_Opened]] = {}
        self._sections = 0
        self._in_link = False
        self._words = self._linked = self._sentences = 0
        self._tags = dict.fromkeys([*CONTROLS, "li", "tr", "article", "th", "thead"], 0)
        self.parts: list[_Part] = []
        self.bodies: list[_Part] = []
        self.tables: list[int] = []

    def take_text(self, text: str) -> None:
        words = len(text.split())
        self._words += words
        self._linked += words * self._in_link
        loose = words > 1 and not self._in_link
        self._sentences += loose and SENTENCE.search(text[-SENTENCE_LIMIT:]) is not None

    def take_tag(self, name: str, token: re.Match[str]) -> None:
        closing = bool(token["close"])
        if name == "a":
            self._in_link = not closing
        elif name in SECTIONS:
            self._sections += -1 if closing else 1
        if closing:
            if self._opened.get(name):
                self._close(name, self._opened[name].pop(), token.end())
            return
        reason = self._reason(name, token["attributes"])
        count = self.count() if reason or name == "table" else NOTHING
        self._opened.setdefault(name, []).append(_Opened(token.start(), reason, count))
        if name in self._tags:
            self._tags[name] += 1

    def count(self) -> _Count:
        """How much was read."""
        tags = self._tags
        return _Count(
            self._words,
            self._linked,
            self._sentences,
            tags["li"] + tags["tr"],
            sum(tags[name] for name in CONTROLS),
            tags["article"],
            tags["th"] + tags["thead"],
        )

    def _reason(self, name: str, attributes: str) -> str:
        """Why an element may be left out; empty if nothing says so."""
        reason = _declared_reason(attributes) if attributes else ""
        if name in LEFT_OUT or reason == "navigation":
            return "navigation"
        if name in PAGE_FURNITURE and self._sections <= 0:
            return "furniture"
        if reason and (self._whole or reason not in ("boilerplate", "aside")):
            return reason
        if name == "aside":
            return "aside" if self._whole else ""
        if name in ("main", "article"):
            return "body"
        return "links" if name in LINK_LISTS else ""

    def _close(self, name: str, opened: _Opened, end: int) -> None:
        if not opened.reason and name != "table":
            return
        count = self.count().since(opened.tally)
        if name == "table" and count.names:
            self.tables.append(opened.start)
        if opened.reason == "body":
            self.bodies.append(_Part(opened.start, end, "body", count))
        elif opened.reason and (opened.reason != "links" or _is_link_list(count)):
            self.parts.append(_Part(opened.start, end, opened.reason, count))


@lru_cache(1024)
def _declared_reason(attributes: str) -> str:
    """Return why the attributes of an element have it left out; empty if they do not.

    The elements of a page repeat their attributes.
    """
    return next((reason for reason, sign in SIGNS if sign.search(attributes)), "")


def _is_link_list(count: _Count) -> bool:
    """Whether a list holds links and no sentence."""
    linked = count.linked >= LINKED * count.words > 0
    return linked and count.items >= LEAST_ITEMS and not count.sentences


def _chosen(parts: Sequence[_Part], total: _Count) -> list[_Part]:
    """Choose what is left out, so that not all is."""
    outer = list(_outermost(parts))
    tabs = [part for part in outer if part.reason == "unseen" and _may_be_tab(part.tally)]
    if sum(part.tally.words for part in tabs) > TABS * _shown(total, outer).words:
        parts = [part for part in parts if part not in tabs]
        outer = list(_outermost(parts))
    for reason in ("aside", "boilerplate", "unseen", "links", "furniture", "navigation"):
        shown = _shown(total, outer)
        left = NOTHING.plus(part.tally for part in outer if part.reason == reason)
        untold = not shown.words or (not shown.sentences and left.sentences)
        larger = reason in ("aside", "boilerplate") and left.words > shown.words
        if left.words and (untold or (larger and left.sentences > 1)):
            parts = [part for part in parts if part.reason != reason]
            outer = list(_outermost(parts))
    return outer


def _shown(total: _Count, hidden: Iterable[_Part]) -> _Count:
    """How much is shown of a page."""
    return total.since(NOTHING.plus(part.tally for part in hidden))


def _outermost(parts: Iterable[_Part]) -> Iterator[_Part]:
    """Yield the parts that no other part contains, in order."""
    end = 0
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        if part.start >= end:
            yield part
            end = part.end


def _may_be_tab(count: _Count) -> bool:
    """Whether a part that is not shown is text: no form, no menu."""
    return count.words >= LEAST_TAB and not count.controls and 4 * count.linked < count.words
