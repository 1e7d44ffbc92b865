"""Requests that are valid, mutated or random, one line each."""

import json
import random
from collections.abc import Iterator
from copy import deepcopy

from mcp_client import LEGACY, Message, called, initialize, modern, request

__all__ = ["mutated_lines"]

VALUES: tuple[object, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "a", "\x1b]0;\x07", "\ud800", "\u202e", "x" * 5000,
    [], ["a"], [[]], {}, {"a": {}}, "seeds", "../../etc/passwd", "/", "*", "[", "a\0b", "?!",
    "-ships +bank", float("inf"), float("nan"),
)  # fmt: skip
NOISE = b'{}[]",:\\0e-\xff\x00\x1b \t'


def mutated_lines(count: int, seed: int) -> Iterator[bytes]:
    """Yield lines for a server, none of which has a line feed.

    Args:
        count: the number of lines.
        seed: of the random choices.
    """
    chance = random.Random(seed)
    for number in range(count):
        # What is changed belongs to this message alone.
        message = deepcopy(_valid(chance, number))
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            _mutate(message, chance)
        line = json.dumps(message).encode()
        yield _broken(line, chance) if chance.random() < 0.2 else line


def _valid(chance: random.Random, number: int) -> Message:
    question = chance.choice(("When will they meet?", "semiconductors", "Who won the cup?", "?"))
    place = chance.choice(("seeds/000_1c0b0a5638379c89.txt:9", "nowhere:1", "a.pdf:p3", "-"))
    messages = (
        called(number, "ask", questions=[question], top=2, path="seeds", max_chars=300),
        called(number, "read", places=[place], context=1, max_chars=500),
        called(number, "documents", path="seeds", offset=0, limit=5),
        request(number, "tools/list"),
        request(number, "ping"),
        request(number, "server/discover"),
        initialize(chance.choice(LEGACY)),
        {"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": number}},
    )
    message = chance.choice(messages)
    return modern(message) if chance.random() < 0.4 and "id" in message else message


def _mutate(message: Message, chance: random.Random) -> None:
    """Change, add or remove something in a message or in an object within."""
    inner = [message]
    for each in inner:
        inner += [value for value in each.values() if isinstance(value, dict)]
    chosen = chance.choice(inner)
    key = chance.choice([*chosen, "x", "max_chars", "cursor", "path"])
    if chance.random() < 0.3:
        chosen.pop(key, None)
    else:
        chosen[key] = deepcopy(chance.choice(VALUES))


def _broken(line: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(line))
    cut = chance.choice((0, 1, 5, len(line)))
    noise = bytes(chance.choice(NOISE) for _ in range(chance.randrange(8)))
    return line[:place] + noise + line[place + cut :]
