"""How often a cluster gives the same answers as the local index.

    python tests/benchmarks/agreement.py DOCUMENTS QUESTIONS ...

DOCUMENTS is a folder, QUESTIONS are files of JSON Lines with a `question` each. A cluster of three
nodes is run, both are asked each question about all documents, and the differences are printed.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from briefqa.analysis.english import english_analyzer
from briefqa.answers import Answer
from briefqa.assistant import Assistant
from briefqa.corpus import Corpus
from briefqa.engines.opensearch import Client, ClusterCorpus, build, parse_address
from briefqa.question_file import read_questions

sys.path.insert(0, str(Path(__file__).parents[1]))

from cluster.running import running_cluster


def main() -> None:
    documents, *files = sys.argv[1:]
    questions = [asked.question for file in files for asked in read_questions(file)]
    with running_cluster() as cluster:
        client = Client(parse_address(cluster.address("agreement"), {}), {})
        build(client, Corpus.of(documents))
        there = Assistant(ClusterCorpus.open(client, english_analyzer()))
        here = Assistant.open([documents], cached=False)
        pairs = [(there.ask(question), here.ask(question)) for question in questions]
    for count, what in ((1, "first excerpt"), (3, "three excerpts")):
        same = sum(_excerpts(one)[:count] == _excerpts(other)[:count] for one, other in pairs)
        print(f"{what} the same: {same / len(pairs):.2%}")
    print(f"whole answer the same: {sum(one == other for one, other in pairs) / len(pairs):.2%}")
    for one, other in pairs:
        if one != other:
            print(f"{one.question}: {', '.join(_differing(one, other))}")


def _excerpts(answer: Answer) -> list[object]:
    excerpts = answer.excerpts
    return [(each.passage.path, each.passage.span, each.sentence) for each in excerpts]


def _differing(one: Answer, other: Answer) -> Iterator[str]:
    for name, mine, others in zip(Answer._fields, one, other, strict=True):
        if mine != others:
            yield name if name == "excerpts" else f"{name} {mine} for {others}"


if __name__ == "__main__":
    main()
