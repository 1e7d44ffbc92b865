"""The assistant: documents in, answers out. The public Python API."""

from collections.abc import Iterable

from briefqa.answers import Answer, answer, parse_question
from briefqa.documents import MAX_SIZE, Library, load
from briefqa.errors import DocumentError, QuestionError
from briefqa.index import Index
from briefqa.passages import split_passages

__all__ = ["MAX_TOP", "Assistant"]

MAX_TOP = 1000
"""Excerpts of an answer at the most."""


class Assistant:
    """Answers questions from documents with their own sentences.

    Example:
        >>> assistant = Assistant.open(["seeds"])
        >>> answer = assistant.ask("When will Kishida and Biden meet?")
        >>> best = answer.excerpts[0]
        >>> "April 10, 2023" in best.sentence.slice(best.passage.text)
        True

    Args:
        library: the documents to answer from.

    Attributes:
        problems: the paths that could not be read, and why.
    """

    def __init__(self, library: Library) -> None:
        self.problems: tuple[DocumentError, ...] = library.problems
        self._documents = len(library.documents)
        self._index = Index(
            [passage for document in library.documents for passage in split_passages(document)]
        )

    @property
    def passages(self) -> int:
        """How many passages there are."""
        return len(self._index)

    @classmethod
    def open(cls, paths: Iterable[str], max_size: int = MAX_SIZE) -> "Assistant":
        """Read and index documents.

        Args:
            paths: files, folders, or `-` for standard input.
            max_size: bytes of a file at the most.

        Raises:
            DocumentError: none of the paths could be read; where some could, see `problems`.
        """
        library = load(list(paths), max_size)
        if library.problems and not library.documents:
            raise library.problems[0]
        return cls(library)

    def ask(
        self, question: str, top: int = 3, *, strict: bool = False, literal: bool = False
    ) -> Answer:
        """Answer a question.

        Args:
            question: in plain language.
            top: excerpts at the most, 1 to 1000.
            strict: whether an answer that may not answer counts as none.
            literal: whether to look up the words exactly as asked, without corrections.

        Raises:
            QuestionError: the question holds no word, or `top` is out of range.
        """
        if not 1 <= top <= MAX_TOP:
            raise QuestionError(f"top is {top}, not a number from 1 to {MAX_TOP}")
        return answer(
            parse_question(question),
            self._index,
            self._documents,
            top=top,
            strict=strict,
            literal=literal,
        )
