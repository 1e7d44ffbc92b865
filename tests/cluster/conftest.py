"""A real cluster for all tests in this folder; without Java and Maven they fail."""

from collections.abc import Iterator
from itertools import count

import pytest

from briefqa.engines.opensearch import Client, clear, parse_address
from cluster.running import Cluster, missing, running_cluster

NAMES = count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running cluster of three nodes."""
    lacking = missing()
    assert lacking is None, f"the tests of the cluster need {lacking}"
    with running_cluster() as running:
        yield running


@pytest.fixture
def address(cluster: Cluster) -> Iterator[str]:
    """The address of an index that does not exist yet, and is removed after the test."""
    where = cluster.address(f"test{next(NAMES)}")
    yield where
    clear(Client(parse_address(where, {})))


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    """A client for that index."""
    speaking = Client(parse_address(address, {}), {})
    yield speaking
    speaking.close()
