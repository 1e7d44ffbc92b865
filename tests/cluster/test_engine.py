"""A cluster as an engine."""

from pathlib import Path

import pytest

from briefqa.analysis.english import english_analyzer
from briefqa.corpus import Corpus
from briefqa.engines import IndexedCorpus
from briefqa.engines.opensearch import Client, ClusterCorpus, build, parse_address
from cluster.running import Cluster
from engine_suite import EngineSuite, Index


class TestACluster(EngineSuite):
    """Three nodes, three shards."""

    @pytest.fixture(scope="class")
    @classmethod
    def index(cls, cluster: Cluster) -> Index:
        def index_folder(folder: Path) -> IndexedCorpus:
            name = folder.name.rstrip("0123456789")
            client = Client(parse_address(cluster.address(f"suite-{name}"), {}), {})
            build(client, Corpus.of(folder))
            return ClusterCorpus.open(client, english_analyzer())

        return index_folder
