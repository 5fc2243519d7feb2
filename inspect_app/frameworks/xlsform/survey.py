"""The sheet of questions, row by row: groups become themes, and groups inside groups lie flat."""

from __future__ import annotations

from dataclasses import dataclass, field

from inspect_app.frameworks.reading import MOST_QUESTIONS
from inspect_app.frameworks.reading_questions import LONGEST_TITLE
from inspect_app.frameworks.xlsform.keys import Keys
from inspect_app.frameworks.xlsform.report import Notes
from inspect_app.frameworks.xlsform.tables import Line, Table
from inspect_app.frameworks.xlsform.types import CLOSES, OPENS, Kind, kind_of
from inspect_app.frameworks.xlsform.wording import Wording

MOST_OPEN = 20
"""How many groups may lie inside each other."""


@dataclass(eq=False)
class Frame:
    """A group or a repeat that is open; ``is_theme`` when its questions stand under a heading of their own."""

    kind: str
    line: Line
    is_theme: bool


@dataclass(eq=False)
class Asked:
    """One row that asks something; ``inside`` are the groups without a theme of their own that it lies in."""

    line: Line
    kind: Kind
    key: str
    inside: tuple[Frame, ...]


@dataclass(eq=False)
class Section:
    """What becomes a theme: questions in a row, and the groups that it lies in, the outermost first."""

    key: str
    path: tuple[Frame, ...]
    asked: list[Asked] = field(default_factory=list)

    @property
    def owner(self) -> Frame | None:
        """Return the group whose heading this has; None outside of all groups."""
        return self.path[-1] if self.path else None

    @property
    def repeat(self) -> Frame | None:
        """Return the innermost repeat that this lies in."""
        return next((one for one in reversed(self.path) if one.kind == "repeat"), None)


class Walk:
    """Walks down the sheet and collects sections."""

    def __init__(self, table: Table, wording: Wording, notes: Notes) -> None:
        """Prepare to walk."""
        self.table, self.wording, self.notes = table, wording, notes
        self.open: list[Frame] = []
        self.sections: list[Section] = []
        self.left_out: set[str] = set()
        self.theme_keys, self.question_keys = Keys(), Keys()

    def walk(self) -> None:
        """Walk down all rows."""
        for line in self.table.lines:
            said = line.get("type")
            if line.get("disabled").lower() in ("yes", "true"):
                self._leave_out(line, "This row is switched off in the form, and is left out.", "disabled")
            elif found := OPENS.fullmatch(said):
                self._begin(line, found[1].lower())
            elif CLOSES.fullmatch(said):
                self._end()
            elif said:
                self._question(line, kind_of(said))
            else:
                self._leave_out(line, "This row has no type, and is left out.", "type")

    def _begin(self, line: Line, word: str) -> None:
        if len(self.open) >= MOST_OPEN:
            raise ValueError(f"in row {line.row} more than {MOST_OPEN} groups lie inside each other.")
        kind = "group" if word == "group" else "repeat"
        in_repeat = any(one.kind == "repeat" for one in self.open)
        if kind == "repeat" and in_repeat:
            self._say(line, "A repeat inside a repeat is asked once for each of the inner ones.", "type")
        is_theme = kind == "repeat" or not self.open or (bool(line.said("label")) and not in_repeat)
        if not is_theme and line.said("label"):
            self._say(line, "The heading of this group is left out: it lies in a repeat.", "label")
        self.open.append(Frame(kind, line, is_theme))

    def _end(self) -> None:
        if self.open:
            closed = self.open.pop()
            if closed.is_theme and not any(closed in one.path for one in self.sections):
                self._say(closed.line, "This group holds no question that came over. It is left out.", "type")

    def _question(self, line: Line, kind: Kind) -> None:
        if kind.answer_type is None:
            self._leave_out(line, kind.sentence, "type")
            return
        if kind.sentence:
            self._say(line, kind.sentence, "type")
        name = line.get("name")
        key = self.question_keys.take((self.wording.wrote(line) and line.get("it_key")) or name, "question")
        if not self.wording.wrote(line) and key != name.lower():
            self._say(line, f"“{name}” is called “{key}” here, and conditions with it.", "name")
        if len(self.question_keys.taken) > MOST_QUESTIONS:
            raise ValueError(f"from row {line.row} on there are more than {MOST_QUESTIONS:,} questions.")
        section = self._section()
        section.asked.append(Asked(line, kind, key, tuple(self.open[len(section.path) :])))

    def _section(self) -> Section:
        """Return the section that a question at this place belongs to; after an inner group, a new one."""
        last = max((place for place, one in enumerate(self.open) if one.is_theme), default=-1)
        path = tuple(self.open[: last + 1])
        if not self.sections or self.sections[-1].owner is not (path[-1] if path else None):
            line = path[-1].line if path else None
            wish = line.get("it_key" if self.wording.wrote(line) else "name") if line else ""
            self.sections.append(Section(self.theme_keys.take(wish or "questions", "theme"), path))
        return self.sections[-1]

    def title_of(self, section: Section, form_title: str) -> str:
        """Return the heading of a theme: those of the groups that it lies in."""
        address = f"theme/{section.key}/title"
        ways = [(one.line, one.line.get("name").replace("_", " ")) for one in section.path if one.is_theme]
        if len(ways) == 1:
            return self.wording.take(ways[0][0], "label", address, LONGEST_TITLE, self.table, ways[0][1])
        titles = [self.wording.take(line, "label", address, LONGEST_TITLE, self.table, name) for line, name in ways]
        for code in self.wording.texts:
            words = [self.wording.of(line, "label").get(code) for line, _ in ways]
            if all(words):
                self.wording.keep(address, {code: ": ".join(filter(None, words))[:LONGEST_TITLE]})
            else:
                self.wording.texts[code].pop(address, None)
        return (": ".join(titles) or form_title)[:LONGEST_TITLE].strip()

    def _leave_out(self, line: Line, sentence: str, column: str) -> None:
        self.left_out.add(line.get("name"))
        self._say(line, sentence, column)

    def _say(self, line: Line, sentence: str, column: str) -> None:
        self.notes.add(sentence, self.table.name, line.row, line.header(column))
