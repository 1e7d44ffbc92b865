"""What to do if no passage matches a question, without Textual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefqa.answers import WordLookup
from briefqa.corpus import ALL_DOCUMENTS
from briefqa.text_safety import sanitise_name
from briefqa.tui.session import AskRequest

__all__ = ["no_match_advice"]

NAMED_WORDS = 3
"""The number of words that are named at most; the row under the question has all."""


def no_match_advice(request: AskRequest, lookups: Sequence[WordLookup]) -> Iterator[str]:
    """Yield what can be done, the most likely first.

    Args:
        request: the question that no passage matches.
        lookups: how its words were looked up.
    """
    if request.scope != ALL_DOCUMENTS:
        yield "Only some documents were asked: Esc in the question removes the filter."
    absent = [each.asked for each in lookups if each.passages == 0]
    if absent:
        named = ", ".join(map(sanitise_name, absent[:NAMED_WORDS]))
        yield f"No passage has {named}: check the spelling, or use other words."
    if any(each.mark in ("+", "-") for each in lookups):
        yield "No passage has all words with + and none with -: F2 changes these signs."
    if request.literal:
        yield "Words are looked up as typed: Ctrl+L looks up corrections and other names as well."
    yield "Ctrl+R lists earlier questions."
