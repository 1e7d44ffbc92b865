"""Options of programs: which a question names, and which sentences tell what they do.

The manual of a program seldom repeats its name and that of the option where it tells what the
option does: the name of the program is that of the document, and the option stands before its
definition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.analysis.analyzer import Analyzer
    from briefqa.answers.passage_sentences import Sentence
    from briefqa.answers.question import Question
    from briefqa.engines import Engine
    from briefqa.index import Hit
    from briefqa.passages import Passage

__all__ = [
    "AskedOptions",
    "fullness",
    "named_documents",
    "with_manual",
]

OPTION_NOUNS = frozenset("argument flag option parameter switch".split())
"""What options of programs are called."""
OPTION = r"(?<![\w-])--?[A-Za-z]"
"""How an option of a program starts."""
NAME = r"(?:.*/)?(?P<name>.+?)(?:\(\d\w*\)|(?:\.\w{1,8}){1,2})?"
"""The title of a document: the name of its file without the ending, or that of a manual page."""
MANUAL_DEPTH = 20
"""Passages of the manual of a program that are compared if an option of it is asked for."""
SUMMARY, BRIEFLY = 120, 0.9
"""Characters of an option and its meaning in a summary at the most; what it is worth, set by hand.
"""
MARKS = "`'\"‘“*["
"""What an option may stand in."""


def fullness(definition: Passage) -> float:
    """Return how much of what an option does a definition tells: less if it is a line of a summary.

    Args:
        definition: the passage that defines the option.
    """
    return BRIEFLY if len(definition.text) < SUMMARY else 1.0


def named_documents(question: Question, hits: Sequence[Hit], analyzer: Analyzer) -> frozenset[str]:
    """Return the paths of documents whose whole title a question has, of the longest titles.

    So `git log --follow` names `git-log.txt` rather than `git.txt`, and not `git-rebase.txt`.

    Args:
        question: names an option of a program.
        hits: passages of the documents.
        analyzer: of the documents.
    """
    asked = frozenset(analyzer.terms(question.text, stop_words=True))
    sizes = {}
    for passage in {hit.passage.path: hit.passage for hit in hits}.values():
        title = re.fullmatch(NAME, passage.title)
        words = re.split(r"[\W_]+", title["name"]) if title else []
        terms = frozenset(analyzer.terms(" ".join(words), stop_words=True))
        if terms and terms <= asked:
            sizes[passage.path] = len(terms)
    longest = max(sizes.values(), default=0)
    return frozenset(path for path, size in sizes.items() if size == longest)


def with_manual(question: Question, hits: Sequence[Hit], engine: Engine, depth: int) -> list[Hit]:
    """Return hits with those of the manual of the program whose option a question names.

    The options of all programs are alike, and definitions have few other words of a question.

    Args:
        question: names an option of a program.
        hits: the passages that were found, best first.
        engine: found them.
        depth: how many of them are compared.

    Returns:
        Those that are compared, best first, and the others.
    """
    paths = named_documents(question, hits[:depth], engine.analyzer)
    query = question.query
    query = query._replace(filter=paths, required=(*query.required, tuple(question.options)))
    own = engine.search(query, MANUAL_DEPTH) if paths else []
    leading = {hit.number: hit for hit in (*hits[: depth - len(own)], *own)}
    others = [hit for hit in hits if hit.number not in leading]
    return [*sorted(leading.values(), key=lambda hit: (-hit.score, hit.number)), *others]


class AskedOptions:
    """The options that a question names, and the documents that may define them.

    Args:
        question: the question.
        hits: the passages that may answer it.
        analyzer: of the documents.

    Attributes:
        terms: of the options.
        nouns: the telling words of the question that options are called, as bits; see
            `briefqa.answers.sentence_matcher`.
    """

    def __init__(self, question: Question, hits: Sequence[Hit], analyzer: Analyzer) -> None:
        self.terms = question.options
        names = [word.written in OPTION_NOUNS for word in question.telling]
        self.nouns = sum(1 << place for place, is_noun in enumerate(names) if is_noun)
        self._asks_which = not OPTION_NOUNS.isdisjoint(question.written)
        asked = self.terms or self._asks_which
        self._paths = named_documents(question, hits, analyzer) if asked else frozenset()

    def defined_by(self, hit: Hit, sentence: Sentence) -> frozenset[str]:
        """Return the options that a sentence defines: those of the name before it.

        The options of other programs are none of them where a document has the program's name.
        """
        if not self.terms or sentence.name.lstrip(MARKS)[:1] != "-":
            return frozenset()
        return self.terms & sentence.name_terms if self._is_of_program(hit) else frozenset()

    def may_be_in(self, hit: Hit, sentence: Sentence) -> bool:
        """Return whether a sentence, or its name, has an option, and the question asks which."""
        if not self._asks_which or "-" not in sentence.name + sentence.text:
            return False
        found = re.search(OPTION, sentence.name) or re.search(OPTION, sentence.text)
        return bool(found) and self._is_of_program(hit)

    def _is_of_program(self, hit: Hit) -> bool:
        """Whether no document has the name of the program, or a passage is of one that has."""
        return not self._paths or hit.passage.path in self._paths
