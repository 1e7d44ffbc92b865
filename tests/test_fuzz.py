"""A short run of each fuzz target; a long one is `tests/fuzz/run.py`."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fuzz.targets import TARGETS

FOLDER = Path(__file__).parent / "fuzz" / "corpus"
CORPUS = [path.read_bytes() for path in sorted(FOLDER.iterdir())]
PIECES = st.sampled_from(
    (
        'U.S. |The end. |(SDF) |"| -| +|\n- x|April 10, 2023 |\n66\n|\n\n|\r\n|\0|\x1b]0;|\u202e'
        "|<p>|</p>|<x>|</x>|<row>|</row>|<c t='s'><v>|</v></c>|<list>|</list>|<page>|</page>"
        '|{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{|}}}|'
        '"questions":["|"]|{"jsonrpc":"2.0","id":2,"method":"initialize","params":{|'
        '"protocolVersion":"2025-03-26"'
        "|{\\rtf1 |\\par |\\cell |}|* |=== ===|+---+|.. x:: |::\n|----\n|[[|]]|a,b|\t"
    ).split("|")
)
BYTES = st.lists(PIECES.map(str.encode) | st.binary(max_size=40), max_size=30).map(b"".join)


@pytest.mark.parametrize("data", CORPUS, ids=range(len(CORPUS)))
@pytest.mark.parametrize("name", TARGETS)
def test_each_target_holds_on_the_corpus(name: str, data: bytes) -> None:
    TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
@settings(deadline=None, max_examples=150)
@given(data=BYTES)
@example(data=b"")
def test_each_target_holds_on_anything(name: str, data: bytes) -> None:
    TARGETS[name](data)
