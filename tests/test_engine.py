"""The local index as an engine."""

from pathlib import Path

import pytest

from briefqa.corpus import Corpus
from briefqa.engines import IndexedCorpus
from briefqa.index import open_corpus
from engine_suite import EngineSuite, Index


class TestTheLocalIndex(EngineSuite):
    """Indexed without a cache."""

    @pytest.fixture(scope="class")
    @classmethod
    def index(cls) -> Index:
        def index_folder(folder: Path) -> IndexedCorpus:
            return open_corpus(Corpus.of(folder), cached=False)

        return index_folder
