"""What an answer says of itself in words: its verdict, notes and explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefqa.answers import Answer, Excerpt, Status, Value
from briefqa.corpus import Skipped

TYPE_CHECKING = False

if TYPE_CHECKING:
    from briefqa.output.extract import Omission

__all__ = [
    "PARTIAL",
    "agreement",
    "changes",
    "doubt",
    "explanation",
    "left_out",
    "notes",
    "omitted",
    "operators",
    "repeats",
    "verdict",
]

VALUES = 5
"""Values that are named where documents give many."""
NAMED = 3
"""Places that are named where the same is said in many."""
KINDS = 6
"""The largest number of kinds of files that are named."""
NOUNS = frozenset(("scan", "special file"))
"""The kinds that have a plural."""
UNEXCLUDED = r"(?<=\s)-(?:\"[^\"\s]++\s[^\"]++\"|“[^“”\s]++\s[^“”]++”)"
PARTIAL = "Partial: parts of the index are down; better passages may be missing"


def verdict(answer: Answer) -> str:
    """Return how far the excerpts can be trusted."""
    nearest = answer.status is Status.NONE and answer.excerpts
    return _judgment(answer) + ("; the nearest" if nearest else "")


def doubt(answer: Answer) -> str:
    """Return in one line that nothing answers for certain; empty if something does."""
    if answer.status is Status.ANSWERED:
        return ""
    missing = f"; not matched: {', '.join(answer.missing)}" if answer.missing else ""
    return _judgment(answer) + missing


def _judgment(answer: Answer) -> str:
    trust = f"confidence {answer.confidence:.0%}".replace("%", " %")
    if answer.status is Status.ANSWERED:
        return f"Answered, {trust}"
    if answer.status is Status.WEAK:
        return f"Closest passages; they may not answer, {trust}"
    return f"No answer is certain enough, {trust}" if answer.confidence else "No passage matches"


def changes(answer: Answer) -> str:
    """Return which words were replaced or expanded for the search; empty if none were."""
    used = [f"{each.used} instead of {each.asked}" for each in answer.corrections]
    used += [f"{each.used} as well as {each.asked}" for each in answer.aliases]
    return f"Showing results for {', '.join(used)}" if used else ""


def operators(answer: Answer) -> Iterator[str]:
    """Yield which passages alone were asked, and which signs of the question are text."""
    signs = [f"with {', '.join(answer.required)}"] * bool(answer.required)
    signs += [f"without {', '.join(answer.excluded)}"] * bool(answer.excluded)
    if signs:
        yield f"Only passages {' and '.join(signs)}"
    asked, words = answer.question.split()[1:], (*answer.matched, *answer.missing)
    signed = [word for word in words if word[0] in "+-" and word[1:2].isalpha() and word in asked]
    if signed:
        yield f"Looked up with the sign: {', '.join(signed)}"
    if phrase := re.search(UNEXCLUDED, answer.question):
        yield f"A phrase cannot be excluded: {phrase[0]}"


def notes(answer: Answer) -> Iterator[str]:
    """Yield what a reader must know of how the answer was found."""
    if answer.partial:
        yield PARTIAL
    if changed := changes(answer):
        yield changed
    yield from operators(answer)
    if said := agreement(answer):
        yield said
    if answer.missing:
        yield f"Not matched: {', '.join(answer.missing)}"


def left_out(skipped: Sequence[Skipped]) -> str:
    """Return how many files were not read, and why; empty if all were."""
    if not skipped:
        return ""
    total = sum(each.files for each in skipped)
    kinds = [
        f"{each.files:,} {each.reason}{'s' * (each.reason in NOUNS and each.files > 1)}"
        for each in skipped[:KINDS]
    ]
    if others := sum(each.files for each in skipped[KINDS:]):
        kinds.append(f"{others:,} of other kinds")
    return f"{total:,} file{'s' * (total > 1)} not read: {', '.join(kinds)}"


def agreement(answer: Answer) -> str:
    """Return which values how many documents give; empty if fewer than two agree or differ."""
    values = [
        f"{value.written} in {_documents(value, answer.values)}" for value in answer.values[:VALUES]
    ]
    left = len(answer.values) - VALUES
    values += [f"{left} other values"] if left > 0 else []
    if len(answer.values) == 1:
        return f"The same value: {values[0]}"
    return f"Values that differ: {'; '.join(values)}" if values else ""


def _documents(value: Value, values: Sequence[Value]) -> str:
    """Return how many documents give a value, and since when if others gave another one before."""
    count = value.documents
    if any(value.follows(other) for other in values):
        dated = f" (since {value.earliest})"
    else:
        dated = f" ({value.latest})" if value.latest and count == 1 else ""
    return f"{count} document{'s' * (count > 1)}{dated}"


def omitted(omission: Omission) -> str:
    """Return what was left out to keep within a limit."""
    left = []
    if omission.excerpts:
        left.append(f"{omission.excerpts} of {omission.of} excerpts")
    left.append(f"{omission.characters:,} characters")
    cut = "; the sentence is cut" if omission.is_cut else ""
    return f"Left out to keep within {omission.limit:,} characters: {', '.join(left)}{cut}"


def repeats(excerpt: Excerpt) -> str:
    """Return where else the same is said; empty if nowhere."""
    if not excerpt.also:
        return ""
    named = ", ".join(place.citation for place in excerpt.also[:NAMED])
    left = len(excerpt.also) - NAMED
    return f"Also in {named}" + (f" and {left} more" if left > 0 else "")


def _reasons(answer: Answer, first: Excerpt) -> Iterator[str]:
    """Yield in words why an excerpt leads, and what the confidence rests on."""
    focus = first.focus.slice(first.passage.text) if first.focus else ""
    form = f'has "{focus}"' if focus else "has no part that stands out"
    related = [f"{each.found} for {each.asked}" for each in answer.related]
    said = [
        f"matches {', '.join(answer.matched) or 'no word'}",
        *([f"matches by related words {', '.join(related)}"] if related else []),
        *([f"does not match {', '.join(answer.missing)}"] if answer.missing else []),
        f"{form} as the answer to a question of the kind {answer.kind}",
    ]
    yield f"{first.citation} leads: its sentence {'; '.join(said)}"
    words = len(answer.matched) + len(answer.missing)
    yield (
        f"The confidence of {answer.confidence:.0%} rests on {len(answer.matched)} of {words} words"
        f" that match, {'a part' if focus else 'no part'} of the kind asked for, and how far the"
        " sentence is ahead of the others"
    ).replace("%", " %", 1)


def explanation(answer: Answer) -> Iterator[str]:
    """Yield lines that explain the answer in words, then the scores."""
    for excerpt in answer.excerpts[:1]:
        yield from _reasons(answer, excerpt)
    yield f"Words of the question that the first excerpt matches: {answer.relaxation}"
    for excerpt in answer.excerpts:
        yield f"{excerpt.rank}. {excerpt.citation} scores {excerpt.score:.6f}"
        for each in excerpt.contributions:
            factors = f"idf {each.idf:.6f}, frequency {each.frequency}"
            yield f"{each.term}: {factors}, adds {each.score:.6f}"
