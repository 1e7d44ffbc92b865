"""The local index as an engine."""

from pathlib import Path

import pytest

from briefqa.engines import Collection
from briefqa.index import open_library
from engine_suite import EngineSuite, Index


class TestTheLocalIndex(EngineSuite):
    """Indexed without a cache."""

    @pytest.fixture(scope="class")
    @classmethod
    def index(cls) -> Index:
        def index_folder(folder: Path) -> Collection:
            return open_library([str(folder)], 1 << 20, cached=False)

        return index_folder
