"""Ask your documents in plain language; read the exact sentences that answer.

>>> import briefqa
>>> assistant = briefqa.Assistant.open("seeds")
>>> answer = assistant.ask("When will Kishida and Biden meet?")
>>> best = answer.excerpts[0]
>>> "April 10, 2023" in best.sentence.slice(best.passage.text)
True
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from briefqa.answers import Answer, CorpusSize, Excerpt, Status
    from briefqa.assistant import Assistant
    from briefqa.citations import QuotedLines
    from briefqa.corpus import Corpus, DocumentEntry, Skipped
    from briefqa.documents import Document, Selection
    from briefqa.errors import (
        BriefqaError,
        DocumentError,
        EngineError,
        NoDocumentsError,
        QuestionError,
        SkippedFileError,
        UsageError,
    )
    from briefqa.grid import Grid, GridCell, GridColumn, GridRow
    from briefqa.output.json_format import answer_record
    from briefqa.passages import Passage
    from briefqa.spans import Span
    from briefqa.timeline import Event, Timeline, UnplacedDate

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Assistant",
    "BriefqaError",
    "Corpus",
    "CorpusSize",
    "Document",
    "DocumentEntry",
    "DocumentError",
    "EngineError",
    "Event",
    "Excerpt",
    "Grid",
    "GridCell",
    "GridColumn",
    "GridRow",
    "NoDocumentsError",
    "Passage",
    "QuestionError",
    "QuotedLines",
    "Selection",
    "Skipped",
    "SkippedFileError",
    "Span",
    "Status",
    "Timeline",
    "UnplacedDate",
    "UsageError",
    "__version__",
    "answer_record",
]

HOMES = {
    "Answer": "answers",
    "Assistant": "assistant",
    "BriefqaError": "errors",
    "Corpus": "corpus",
    "CorpusSize": "answers",
    "Document": "documents",
    "DocumentEntry": "corpus",
    "DocumentError": "errors",
    "EngineError": "errors",
    "Event": "timeline",
    "Excerpt": "answers",
    "Grid": "grid",
    "GridCell": "grid",
    "GridColumn": "grid",
    "GridRow": "grid",
    "NoDocumentsError": "errors",
    "Passage": "passages",
    "QuestionError": "errors",
    "QuotedLines": "citations",
    "Selection": "documents",
    "Skipped": "corpus",
    "SkippedFileError": "errors",
    "Span": "spans",
    "Status": "answers",
    "Timeline": "timeline",
    "UnplacedDate": "timeline",
    "UsageError": "errors",
    "answer_record": "output.json_format",
}
"""The module of each public name. It is imported on first use (PEP 562), so that the command line
loads only what its command needs."""


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"briefqa.{HOMES[name]}"), name)
