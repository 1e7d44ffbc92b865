"""Generations of an index: the one that is searched, and perhaps one that is being built.

The name of an index is an alias. Each full build creates an index of its own, `name-000001` and so
on. The alias moves to it once it is complete, so that readers never see part of an index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from briefqa.analysis.analyzer import Analyzer
from briefqa.corpus import Skipped, count_skipped
from briefqa.engines import BuildOptions
from briefqa.engines.opensearch.client import Client, answers_of
from briefqa.engines.opensearch.connection import RequestError
from briefqa.engines.opensearch.schema import index_body, meta, requirements
from briefqa.errors import EngineError
from briefqa.records import Record

__all__ = [
    "Generation",
    "all_generations",
    "complete",
    "current_generation",
    "newest_generation",
    "prepare",
    "refuse_others",
]

DIGITS = 6
BUILDING, COMPLETE = "building", "complete"


class Generation(Record):
    """One of the indexes that an alias stands for, or did.

    Attributes:
        name: its own name.
        meta: what it was built with, and the state of the build.
    """

    name: str
    meta: Mapping[str, Any]

    @property
    def is_complete(self) -> bool:
        """Whether the last build was not interrupted."""
        return self.meta.get("state") == COMPLETE

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """How many files were not read, by reason."""
        counts = self.meta.get("skipped", {}).items()
        return count_skipped((), (Skipped(str(reason), int(files)) for reason, files in counts))

    @property
    def inherit_all(self) -> bool:
        """Whether passages inherit all terms of titles."""
        return bool(self.meta.get("inherit_all"))


def all_generations(client: Client) -> list[Generation]:
    """Return all generations of an index, the newest last."""
    name = client.address.name
    found = client.request("GET", f"/{name}-*/_mapping", expand_wildcards="all")
    wanted = re.compile(rf"{re.escape(name)}-\d{{{DIGITS}}}")
    with answers_of(client):
        return [_generation(index, found) for index in sorted(found) if wanted.fullmatch(index)]


def _generation(index: str, found: Mapping[str, Any]) -> Generation:
    meta = found[index]["mappings"].get("_meta", {})
    if not isinstance(meta, Mapping):
        raise TypeError("the metadata of an index is not an object")
    return Generation(index, meta)


def current_generation(client: Client, analyzer: Analyzer) -> Generation:
    """Return the generation that is searched.

    Args:
        client: sends requests to the cluster.
        analyzer: makes the terms of the questions.

    Raises:
        EngineError: there is none, or one that this version of briefqa cannot search.
    """
    found = client.request("GET", f"/{client.address.name}/_mapping")
    where = client.address
    with answers_of(client):
        if len(found) > 1:
            raise EngineError(f"{where}: several indexes, not one built by briefqa")
        [index] = found
        generation = _generation(index, found)
    if "briefqa" not in generation.meta:
        raise EngineError(f"{where}: not an index built by briefqa")
    refuse_others(where, generation, analyzer)
    return generation


def refuse_others(where: object, generation: Generation, analyzer: Analyzer) -> None:
    """Raise an error if an index has other terms or scores than this version of briefqa.

    Args:
        where: the address of the index.
        generation: the index.
        analyzer: makes the terms of the questions.

    Raises:
        EngineError: the index was built with something else; the message names it.
    """
    for part, wanted in requirements(analyzer).items():
        found = generation.meta.get(part, "unknown")
        if found != wanted:
            raise EngineError(
                f"{where}: built with {part} {found}, but this briefqa needs {part} {wanted};"
                f" build it again: briefqa index build --index {where} PATH ..."
            )


def newest_generation(client: Client) -> Generation | None:
    """Return the newest generation of an index; None if there is none yet."""
    found = all_generations(client)
    return found[-1] if found else None


def prepare(
    client: Client,
    newest: Generation | None,
    options: BuildOptions,
    *,
    analyzer: Analyzer,
    inherit_all: bool,
) -> Generation:
    """Return the generation to build: the newest if it can be updated, else a new one.

    An interrupted full build is continued.

    Args:
        client: sends requests to the cluster.
        newest: the newest generation; None if there is none.
        options: the shards and replicas of a new index, and whether to rebuild.
        analyzer: makes its terms.
        inherit_all: whether passages inherit all terms of titles.
    """
    live, wanted = _live(client), meta(analyzer, inherit_all=inherit_all)
    fits = newest is not None and wanted.items() <= newest.meta.items()
    if newest and fits and not (options.rebuild and newest.name == live):
        _mark(client, newest, BUILDING)
        return newest
    number = int(newest.name[-DIGITS:]) + 1 if newest else 1
    name = f"{client.address.name}-{number:0{DIGITS}}"
    created = Generation(name, {**wanted, "state": BUILDING})
    client.request("PUT", f"/{name}", index_body(created.meta, options.shards, options.replicas))
    return created


def _live(client: Client) -> str | None:
    """Return the name of the generation that is searched; None if there is none yet."""
    try:
        with answers_of(client):
            found = list(client.request("GET", f"/{client.address.name}/_mapping"))
    except RequestError as error:
        if error.status == 404:
            return None
        raise
    if client.address.name in found or len(found) > 1:
        raise EngineError(f"{client.address}: not an index built by briefqa; choose another name")
    return str(found[0])


def _mark(client: Client, generation: Generation, state: str) -> None:
    marked = {"_meta": {**generation.meta, "state": state}}
    client.request("PUT", f"/{generation.name}/_mapping", marked)


def complete(client: Client, generation: Generation, skipped: Iterable[Skipped] = ()) -> None:
    """Move the alias to a generation that is built, and remove the others.

    Args:
        client: sends requests to the cluster.
        generation: the generation.
        skipped: how many files were not read, by reason.
    """
    client.request("POST", f"/{generation.name}/_refresh")
    counts = {each.reason: each.files for each in skipped}
    generation = generation._replace(meta={**generation.meta, "skipped": counts})
    _mark(client, generation, COMPLETE)
    others = [each.name for each in all_generations(client) if each.name != generation.name]
    naming = {"index": generation.name, "alias": client.address.name}
    removing = [{"remove_index": {"index": other}} for other in others]
    client.request("POST", "/_aliases", {"actions": [{"add": naming}, *removing]})
