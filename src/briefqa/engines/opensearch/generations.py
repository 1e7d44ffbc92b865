"""The indexes behind a name: one that is asked, and perhaps one that is being built.

The name is an alias. Each full build makes an index of its own, `name-000001` and so on, and the
name moves to it once it is whole, so that readers never see half of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.engines.engine import BuildOptions
from briefqa.engines.opensearch.client import Client, RequestError
from briefqa.engines.opensearch.schema import index_body, meta, requirements
from briefqa.errors import EngineError
from briefqa.records import Record

__all__ = [
    "Generation",
    "complete",
    "current_generation",
    "generations",
    "newest_generation",
    "prepare",
    "refuse_others",
]

DIGITS = 6
BUILDING, COMPLETE = "building", "complete"


class Generation(Record):
    """An index behind the name.

    Attributes:
        name: its own.
        meta: what it was made with, and whether it is whole.
    """

    name: str
    meta: Mapping[str, Any]

    @property
    def is_complete(self) -> bool:
        """Whether the last build came to its end."""
        return self.meta.get("state") == COMPLETE

    @property
    def lends(self) -> bool:
        """Whether titles lend passages all their terms."""
        return bool(self.meta.get("lends"))


def generations(client: Client) -> list[Generation]:
    """Return the indexes behind the name, the newest last."""
    name = client.address.name
    found = client.request("GET", f"/{name}-*/_mapping", expand_wildcards="all")
    wanted = re.compile(rf"{re.escape(name)}-\d{{{DIGITS}}}")
    return [_generation(index, found) for index in sorted(found) if wanted.fullmatch(index)]


def _generation(index: str, found: Mapping[str, Any]) -> Generation:
    return Generation(index, found[index]["mappings"].get("_meta", {}))


def current_generation(client: Client, analyzer: Analyzer) -> Generation:
    """Return the index that the name stands for.

    Args:
        client: speaks to the cluster.
        analyzer: makes the terms of the questions.

    Raises:
        EngineError: there is none, or one that cannot be asked.
    """
    found = client.request("GET", f"/{client.address.name}/_mapping")
    where = client.address
    if len(found) != 1:
        raise EngineError(f"{where}: several indexes, not one that briefqa made")
    [index] = found
    generation = _generation(index, found)
    if "briefqa" not in generation.meta:
        raise EngineError(f"{where}: no index that briefqa made")
    refuse_others(where, generation, analyzer)
    return generation


def refuse_others(where: object, generation: Generation, analyzer: Analyzer) -> None:
    """Refuse an index whose scores or terms are not those of this version of briefqa.

    Args:
        where: the address of the index.
        generation: the index.
        analyzer: makes the terms of the questions.

    Raises:
        EngineError: something it was built with differs; the message names it.
    """
    for part, wanted in requirements(analyzer).items():
        found = generation.meta.get(part, "unknown")
        if found != wanted:
            raise EngineError(
                f"{where}: made with {part} {found}, but this briefqa needs {part} {wanted};"
                f" build it again: briefqa index build --index {where} PATH ..."
            )


def newest_generation(client: Client) -> Generation | None:
    """Return the newest index behind the name; None if there is none yet."""
    found = generations(client)
    return found[-1] if found else None


def prepare(
    client: Client,
    newest: Generation | None,
    options: BuildOptions,
    *,
    analyzer: Analyzer,
    lends: bool,
) -> Generation:
    """Return the index to build in: the one that is there if it fits, or a new one.

    A full build that was interrupted is gone on with.

    Args:
        client: speaks to the cluster.
        newest: the newest index behind the name; None if there is none.
        options: the shards and replicas of a new index, and whether to rebuild.
        analyzer: makes its terms.
        lends: whether titles lend passages all their terms.
    """
    live, wanted = _live(client), meta(analyzer, lends=lends)
    fits = newest is not None and wanted.items() <= newest.meta.items()
    if newest and fits and not (options.rebuild and newest.name == live):
        _mark(client, newest, BUILDING)
        return newest
    number = int(newest.name[-DIGITS:]) + 1 if newest else 1
    made = Generation(f"{client.address.name}-{number:0{DIGITS}}", {**wanted, "state": BUILDING})
    body = index_body(made.meta, options.shards, options.replicas)
    client.request("PUT", f"/{made.name}", body)
    return made


def _live(client: Client) -> str | None:
    """The index that the name stands for; None where it stands for nothing yet."""
    try:
        found = list(client.request("GET", f"/{client.address.name}/_mapping"))
    except RequestError as error:
        if error.status == 404:
            return None
        raise
    if client.address.name in found or len(found) > 1:
        raise EngineError(f"{client.address}: no index that briefqa made; choose another name")
    return str(found[0])


def _mark(client: Client, generation: Generation, state: str) -> None:
    marked = {"_meta": {**generation.meta, "state": state}}
    client.request("PUT", f"/{generation.name}/_mapping", marked)


def complete(client: Client, generation: Generation) -> None:
    """Let what was built be seen, and the name stand for it; earlier indexes are removed."""
    client.request("POST", f"/{generation.name}/_refresh")
    _mark(client, generation, COMPLETE)
    others = [each.name for each in generations(client) if each.name != generation.name]
    naming = {"index": generation.name, "alias": client.address.name}
    removing = [{"remove_index": {"index": other}} for other in others]
    client.request("POST", "/_aliases", {"actions": [{"add": naming}, *removing]})
