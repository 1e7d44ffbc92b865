"""What came of the files of a survey."""

from briefqa.documents.survey import Met, Source, Survey
from briefqa.errors import DocumentError

__all__ = ["Outcomes"]


class Outcomes:
    """Gathers what came of the files of a survey.

    Args:
        surveyed: the survey.
    """

    def __init__(self, surveyed: Survey) -> None:
        self._surveyed = surveyed
        self._problems = list(surveyed.problems)
        self._held = set(surveyed.held)

    def note(self, source: Source, outcome: object) -> None:
        """Take note of what reading a file gave; None where it is no document."""
        if outcome is not None:
            self._held.add(source.argument)
        if isinstance(outcome, DocumentError):
            self._problems.append(Met(source.order, outcome))

    def problems(self) -> tuple[DocumentError, ...]:
        """Return the problems in the order met."""
        paths, ends = self._surveyed.paths, self._surveyed.ends
        barren = [
            Met(end, DocumentError(path, "a folder without documents"))
            for argument, (path, end) in enumerate(zip(paths, ends, strict=True))
            if argument not in self._held
        ]
        met = sorted([*self._problems, *barren], key=lambda each: each.order)
        return tuple(each.problem for each in met)
