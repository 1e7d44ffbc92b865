"""What came of the files of a survey."""

from collections.abc import Iterable

from briefqa.documents.survey import Met, Survey
from briefqa.documents.walking import Source
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
        self._held = {*surveyed.held, *(met.argument for met in surveyed.problems)}

    def note(self, source: Source, outcome: object) -> None:
        """Take note of what reading a file gave; None where it is no document."""
        if outcome is not None:
            self._held.add(source.argument)
        if isinstance(outcome, DocumentError):
            self._problems.append(Met(source.argument, outcome))

    def note_documents(self, arguments: Iterable[int]) -> None:
        """Take note of the places of paths under which there are documents."""
        self._held.update(arguments)

    def problems(self) -> tuple[DocumentError, ...]:
        """Return the problems by the paths given, those with what could not be walked first."""
        barren = [
            Met(argument, DocumentError(path, "a folder without documents"))
            for argument, path in enumerate(self._surveyed.paths)
            if argument not in self._held
        ]
        met = sorted([*self._problems, *barren], key=lambda each: each.argument)
        return tuple(each.problem for each in met)
