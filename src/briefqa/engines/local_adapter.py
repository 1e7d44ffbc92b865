"""Indexes on this machine, in the cache folder or another, as one of the engines."""

from __future__ import annotations

from briefqa.corpus import Corpus, ReportProgress
from briefqa.engines.engine import Adapter, BuildOptions, BuildResult, IndexStatus
from briefqa.errors import NoDocumentsError
from briefqa.index import LocalCorpus, open_corpus
from briefqa.index.cache_admin import clear_index, clear_indexes, index_status

__all__ = ["LocalAdapter"]


class LocalAdapter(Adapter):
    """Opens, builds and looks after indexes on this machine."""

    def open(self, corpus: Corpus) -> LocalCorpus:
        return open_corpus(corpus)

    def build(
        self, corpus: Corpus, options: BuildOptions, progress: ReportProgress | None
    ) -> BuildResult:
        opened = open_corpus(corpus, progress=progress)
        if opened.problems and not opened.engine.documents:
            raise NoDocumentsError(opened.problems)
        return BuildResult(opened.problems)

    def status(self, corpus: Corpus) -> IndexStatus | None:
        found = index_status(corpus)
        if found is None:
            return None
        return IndexStatus(
            name=found.path,
            state="up to date" if found.fresh else "out of date",
            is_current=found.fresh,
            documents=found.documents,
            passages=found.passages,
            size=found.size,
        )

    def clear(self, corpus: Corpus) -> int:
        return int(clear_index(corpus)) if corpus.paths else clear_indexes(corpus.location)
