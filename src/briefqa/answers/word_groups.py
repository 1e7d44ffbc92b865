"""The words of a question, each with all its tokens, and their operators.

A passage must have `+word`, and must not have `-word`. A sign counts only after white space, before
a letter; a plus at the start too. Otherwise it is plain text. It also is where the documents write
the word with its sign, as they do options of programs: `-name` is text where some passage has
`-name`, and so is a plus before one letter, as in `chmod +x`, but not `+name`, since passages that
have that also have the word. Several words with a hyphen are options too, and so is every word
where no word is left to search for. `+"word"` and `-"word"` are operators wherever they stand, and
`+"a phrase"` requires each of its words; a phrase cannot be excluded.

A word in quotes is looked up as written, and so is each word of a literal question. If no passage
has it so, though some have another form of it, it has a term that no passage has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefqa.index.query import Query
from briefqa.records import Record
from briefqa.spans import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer, Token
    from briefqa.engines import Engine
    from briefqa.passages import Passage

__all__ = ["QUOTED", "QUOTES", "WordGroup", "is_option", "word_groups"]

QUOTES = frozenset('"“')
QUOTED = r"\"([^\"]++)\"|“([^“”]++)”"
SIGNS = frozenset("-+")
OPERATORS = SIGNS | QUOTES
SIGNED = (
    r"(?:(?<=\s)[-+]|\A\+)(?=[^\W\d_])"
    r"|(?<!\S)[-+][\"“](?=[^\W\d_][^\s\"“”]*+[\"”])"
)
"""A sign that may be an operator, up to its word."""
REQUIRED_PHRASE = r"(?<!\S)\+(?:\"[^\"]*+\"|“[^“”]*+”)"
WORD_START = r"(?<!\w)\w"
OPTION = r"--?[^\W\d_]"
"""How an option of a program starts."""
EXAMINED = 50
"""Passages with some form of a word that are examined for the word as written."""


class WordGroup(Record):
    """The tokens of one word of a question.

    Attributes:
        span: the word, without its operator.
        terms: of the whole word, then of its parts.
        phrase: terms that together match the word too.
        sign: its operator: `+`, `-` or empty.
        quoted: whether it stands in quotes by itself.
    """

    span: Span
    terms: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    sign: str = ""
    quoted: bool = False


def word_groups(
    text: str, analyzer: Analyzer, engine: Engine | None = None, *, literal: bool = False
) -> list[WordGroup]:
    """Return the words of a question; stop words only if they have an operator, or all are.

    Args:
        text: the question.
        analyzer: of the documents.
        engine: knows how the documents write words; without it, nothing is looked up.
        literal: whether signs are text, and words are looked up as written.
    """
    groups = list(_groups(analyzer.tokenize(text)))
    if not OPERATORS.isdisjoint(text):
        groups = _with_operators(text, groups, analyzer, engine, literal=literal)
    groups = groups or list(_groups(analyzer.tokenize(text, stop_words=True)))
    if engine is None:
        return groups
    return [
        _as_written(group.span.slice(text), group, engine) if literal or group.quoted else group
        for group in groups
    ]


def _groups(tokens: Iterable[Token]) -> Iterator[WordGroup]:
    """Yield the words of a question, each with all its tokens."""
    pending: list[Token] = []
    for token in tokens:
        if pending and not pending[0].span.contains(token.span):
            yield _group(pending)
            pending = []
        pending.append(token)
    if pending:
        yield _group(pending)


def _group(tokens: list[Token]) -> WordGroup:
    span = tokens[0].span
    terms = tuple(dict.fromkeys(token.term for token in tokens))
    coded = any(token.term.isdigit() for token in tokens[1:])
    if coded or (len(tokens) > 1 and tokens[1].span == span):
        # A unit, a number and the letters of a code match too much by themselves.
        return WordGroup(span, terms[:1], terms[1:])
    return WordGroup(span, terms)


def _with_operators(
    text: str,
    groups: list[WordGroup],
    analyzer: Analyzer,
    engine: Engine | None,
    *,
    literal: bool,
) -> list[WordGroup]:
    """Return the words of a question, and stop words with an operator, with their operators."""
    signs = {} if literal else _signs(text)
    every = _groups(analyzer.tokenize(text, stop_words=True))
    marked = (each for each in every if each.span.start in signs or _is_quoted(text, each.span))
    found = {group.span.start: group for group in (*marked, *groups)}
    hyphened = (text[start:] for start in found if text[start] == "-")
    options = sum(bool(re.match(OPTION, rest)) for rest in hyphened)
    read = []
    for start in sorted(found):
        group = found[start]._replace(quoted=_is_quoted(text, found[start].span))
        sign = signs.get(start, "")
        if sign == "-" and options > 1 and not group.quoted:
            sign = ""
        read.append(_read(text, group, sign, analyzer, engine))
    if all(group.sign == "-" for group in read):
        return [group._replace(sign="") for group in read]
    return read


def _signs(text: str) -> dict[int, str]:
    """Return the signs that may be operators by where their words start, with and without them."""
    signs = {}
    for match in re.finditer(SIGNED, text):
        # The sign is a part of the token if the word is one that an option may have.
        signs[match.start()] = signs[match.end()] = match[0][0]
    for phrase in re.finditer(REQUIRED_PHRASE, text):
        starts = re.finditer(WORD_START, phrase[0])
        signs |= {phrase.start() + word.start(): "+" for word in starts if " " in phrase[0]}
    return signs


def _read(
    text: str, group: WordGroup, sign: str, analyzer: Analyzer, engine: Engine | None
) -> WordGroup:
    """Return a word with its operator, if the sign is one."""
    written = group.span.slice(text)
    if written[0] not in SIGNS:
        return group._replace(sign=sign)
    has_whole = engine is not None and engine.document_frequency(group.terms[0]) > 0
    if engine and has_whole and (not sign or is_option(written, engine)):
        # The documents have exactly this word: its parts would match too much.
        return WordGroup(group.span, group.terms[:1], quoted=group.quoted)
    if not sign:
        return group
    bare = analyzer.terms(written[1:]) or analyzer.terms(written[1:], stop_words=True)
    return WordGroup(
        Span(group.span.start + 1, group.span.end), tuple(dict.fromkeys(bare)), (), sign
    )


def is_option(written: str, engine: Engine) -> bool:
    """Return whether the documents write a word with its sign, as they do options of programs.

    Args:
        written: the word with its sign.
        engine: has the words of the documents.
    """
    may_be = written[0] == "-" or len(written) == 2
    return may_be and bool(engine.word_counts((written.casefold(),)))


def _is_quoted(text: str, span: Span) -> bool:
    """Whether a word stands in quotes by itself."""
    around = text[max(0, span.start - 1) : span.end + 1]
    # Few questions have quotes, and compiling the pattern takes long.
    return not QUOTES.isdisjoint(around) and bool(re.fullmatch(QUOTED, around))


def _as_written(written: str, group: WordGroup, engine: Engine) -> WordGroup:
    """Return a word with a term that no passage has, if no passage has it as written."""
    known = tuple(term for term in group.terms if engine.document_frequency(term))
    if not known or group.sign == "-" or engine.word_counts((written.casefold(),)):
        return group
    # The parts of words are not counted, nor are headings, and case is not all that is folded.
    folded = engine.analyzer.raw_token_words(written)[0][0]
    hits = engine.search(Query(known), EXAMINED)
    if any(folded in _folded_words(hit.passage, engine.analyzer) for hit in hits):
        return group
    return group._replace(terms=(f'"{folded}"',), phrase=())


def _folded_words(passage: Passage, analyzer: Analyzer) -> Iterator[str]:
    """Yield the words, and parts of words, of a passage and of what it is found by as well."""
    headers = (part.header for part in passage.parts)
    for text in (passage.text, passage.title, *passage.headings, *headers):
        for raw in analyzer.raw_tokens(text):
            yield from analyzer.raw_token_words(raw)[0]
