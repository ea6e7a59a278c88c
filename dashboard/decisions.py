"""What people decided about files that say a thing in two ways: asked once, kept beside the data, remembered.

`data/decisions/<kind>.toml` has a table for each question: what was asked, the answer, by whom, and when.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from dashboard.findings import nearest
from dashboard.intake import Question


class DecisionError(ValueError):
    """An answer that is none of the choices, or a file of answers that cannot be read."""


def read_answers(data: Path, kind: str) -> Mapping[str, str]:
    """Every answer for a kind of file by the key of its question. Raises `DecisionError` if unreadable."""
    return {key: str(told["answer"]) for key, told in _read(data, kind).items() if told.get("answer")}


def remember(
    data: Path, kind: str, questions: Iterable[Question], answers: Mapping[str, str], by: str
) -> None:
    """Keep answers to questions that were asked.

    Raises `DecisionError` for an answer to what was not asked, or that is none of the choices.
    """
    asked = {each.key: each for each in questions}
    kept = dict(_read(data, kind))
    for key, answer in answers.items():
        if key not in asked:
            near = nearest(key, asked)
            raise DecisionError(f"{key!r} was not asked" + (f"; nearest: {near!r}" if near else ""))
        choices = asked[key].choices
        if answer not in choices:
            raise DecisionError(f"{key}: found {answer!r}, expected {' or '.join(choices)}")
        meant = f"{asked[key].asked} {choices[answer]}"
        today = f"{datetime.now(UTC).date()}"
        kept[key] = {"asked": meant, "answer": answer, "by": by, "on": today}
    _write(data, kind, kept)


def _path(data: Path, kind: str) -> Path:
    return data / "decisions" / f"{kind}.toml"


def _read(data: Path, kind: str) -> Mapping[str, Mapping[str, str]]:
    path = _path(data, kind)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise DecisionError(
            f"decisions/{path.name}: {problem}. Mend it, or take it away to be asked anew"
        ) from None
    if not all(isinstance(each, dict) for each in told.values()):
        raise DecisionError(f"decisions/{path.name}: expected a table for each question, with its answer")
    return told


def _write(data: Path, kind: str, kept: Mapping[str, Mapping[str, str]]) -> None:
    path = _path(data, kind)
    path.parent.mkdir(exist_ok=True)
    lines = []
    for key, told in kept.items():
        lines.append(f"[{json.dumps(key, ensure_ascii=False)}]")
        lines += [f"{name} = {json.dumps(str(value), ensure_ascii=False)}" for name, value in told.items()]
        lines.append("")
    draft = path.with_suffix(".tmp")
    draft.write_text("\n".join(lines), encoding="utf-8")
    draft.replace(path)
