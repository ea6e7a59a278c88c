"""What a reading has to say and to ask: findings at cells, and questions with the answers given before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.findings import Finding, Level, one_of, quoted
from dashboard.intake.board_dataset.layout import Table
from dashboard.intake.readings import Question

#: The answer that leaves a cell or a row out.
NONE = "none"


@dataclass
class Told:
    """Everything found so far and everything asked; `answers` are those a person gave, by the key."""

    answers: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def at(
        self, level: Level, table: Table, row: int, column: int | None, expected: str = "", **more: str
    ) -> None:
        """Tell of what stands in a cell, or in the whole of a row."""
        heading = table.headed(column) if column else ""
        found = more.pop("found", "") or quoted(table.grid.at(row, column or 0).text)
        number = next((line.number for line in table.lines if line.row == row), None)
        found += f" (measure {number})" if column and number else ""
        self.findings.append(table.grid.finding(level, row, column, found, expected, heading=heading, **more))

    def ask(self, key: str, asked: str, choices: Mapping[str, str]) -> str:
        """The answer to a question; blank, and the question is asked, where there is none that it allows."""
        answer = self.answers.get(key, "")
        if answer in choices:
            return answer
        if answer and not any(question.key == key for question in self.questions):
            self.findings.append(Finding(Level.ERROR, "answers", None, key, quoted(answer), one_of(choices)))
        if not any(question.key == key for question in self.questions):
            self.questions.append(Question(key, asked, choices))
        return ""
