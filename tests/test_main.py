"""The command line, run as a person runs it."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from dashboard import release
from dashboard.__main__ import main
from dashboard.audiences import MARK
from dashboard.findings import Finding, Level
from dashboard.observations import TYPES
from dashboard.vocabulary import COLUMNS, RELEASED
from tests.web.audiences import CANARY, DIFFERENT, write_release

ROOT = Path(__file__).parent.parent


@pytest.fixture
def published(released: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's own figures, published; every command works on them."""
    monkeypatch.setenv("DASHBOARD_DATA", str(released))
    return released


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def figures(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    code, out, err = run(capsys, "figures", *arguments)
    assert (code, err) == (0, "")
    return list(csv.DictReader(io.StringIO(out)))


@pytest.mark.parametrize(
    ("indicator", "period", "basis", "values"),
    [
        ("looked_after_children", "2019-M03", "local", {"count": "842"}),
        ("looked_after_children", "2019-M03", "official", {"count": "833"}),
        ("starts_to_be_looked_after", "2018-19", "local", {"count": "243", "rate": "20.4"}),
        ("care_leavers_in_touch", "2019-M01", "local", {"percentage": "75"}),
    ],
)
def test_known_figures_are_printed_as_published(
    published: Path,
    capsys: pytest.CaptureFixture[str],
    indicator: str,
    period: str,
    basis: str,
    values: dict[str, str],
) -> None:
    rows = figures(
        capsys, "--indicator", indicator, "--period", period, "--basis", basis, "--area", "worcestershire"
    )
    real = [row for row in rows if row["status"] != "illustrative" and not row["characteristic"]]
    found = {row["statistic"]: row["value"] for row in real if row["source"] != "calculated"}
    assert values.items() <= found.items()


def test_the_monthly_figures_of_the_board_dataset_are_printed_as_received(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = figures(capsys, "--source", "board-dataset-2018-19")
    with (published / "observations" / "board_dataset_2018_19.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        told = dict.fromkeys(RELEASED, "")  # each number exactly as it is
        received = [{name: row[name] for name in COLUMNS} | told for row in csv.DictReader(file)]
    assert sorted(rows, key=_by_cell) == sorted(received, key=_by_cell)


def _by_cell(row: dict[str, str]) -> list[str]:
    return [row[name] for name in COLUMNS]


def test_figures_have_the_columns_of_the_long_table(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "figures", "--indicator", "looked_after_children", "--period", "2019-M03")
    assert out.splitlines()[0] == ",".join([*COLUMNS, *RELEASED])


def test_a_period_may_be_written_as_people_write_it(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--indicator", "looked_after_children", "--basis", "local", "--period")
    assert figures(capsys, *asked, "31 March 2019") == figures(capsys, *asked, "2019-M03")


@pytest.mark.parametrize(
    ("option", "word", "told"),
    [
        ("--indicator", "looked_after_childern", "nearest: looked_after_children"),
        ("--area", "reditch", "nearest: redditch"),
        ("--basis", "ofical", "nearest: official"),
        ("--source", "board-dataset", "nearest: board-dataset-2018-19"),
        ("--period", "2019-13", "expected a month (2019-M03"),
    ],
)
def test_a_word_that_means_nothing_is_answered_with_the_nearest_that_does(
    published: Path, capsys: pytest.CaptureFixture[str], option: str, word: str, told: str
) -> None:
    code, out, err = run(capsys, "figures", option, word)
    assert (code, out) == (2, "")
    assert f"{option}: found '{word}'" in err
    assert told in err


def test_no_small_number_of_a_district_is_printed(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = figures(capsys, "--area", "redditch")
    counted = [row for row in rows if row["statistic"] == "count" and row["value"]]
    assert counted
    small = {row["indicator"] for row in counted if 0 < abs(float(row["value"])) < 10}
    assert small <= {"looked_after_net_flow"}  # a difference of two counts that are both shown
    assert all(not row["numerator"] and not row["denominator"] for row in rows if row["symbol"] == "c")


def test_the_releases_are_listed_with_a_star_at_the_current_one(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "releases")
    assert code == 0
    assert out.startswith("* ")
    assert "for the public" in out


def test_publishing_what_has_not_changed_says_so(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "publish")
    assert code == 0
    assert out.startswith("Nothing has changed: the release is still ")


def test_the_checks_end_with_a_line_that_says_what_was_read(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert out.splitlines()[-1].endswith("nothing was guessed.")


def test_without_a_release_the_commands_say_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    code, _, err = run(capsys, "figures")
    assert code == 1
    assert "python -m dashboard publish" in err
    assert "python -m dashboard publish" in run(capsys, "releases")[1]


def test_an_empty_data_folder_is_told_plainly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    code, out, err = run(capsys, "publish")
    assert code == 1
    assert "Traceback" not in out + err
    assert "error:" in err


def test_a_release_that_is_stopped_names_the_errors(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Finding(Level.ERROR, "areas.csv", 3, "kind", "'distrct'")
    monkeypatch.setattr(release, "run_checks", lambda data: [wrong])
    monkeypatch.setattr(release, "hash_inputs", lambda data, **named: "changed")
    code, out, err = run(capsys, "publish")
    assert (code, out) == (1, "")
    assert "areas.csv, row 3, kind: found 'distrct'" in err
    assert "nothing was published" in err


def test_a_folder_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", "/nowhere/at/all")
    assert run(capsys, "releases")[0] == 2


def test_the_illustrative_figures_can_be_written_to_a_file(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = pd.DataFrame(
        [dict.fromkeys(TYPES, "") | {"value": 3.0, "numerator": None, "denominator": None, "decimals": 0}]
    ).astype(dict(TYPES))
    monkeypatch.setattr("dashboard.simulation.simulate", lambda *given: one)
    code, out, _ = run(capsys, "simulate", str(tmp_path / "made_up.csv"))
    assert code == 0
    assert "Wrote 1 illustrative figures" in out
    assert (tmp_path / "made_up.csv").read_text("utf-8").splitlines()[0] == ",".join(COLUMNS)


@pytest.fixture
def internal(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which there is an internal release and nothing else."""
    current = (released / "releases" / "public" / "CURRENT").read_text("utf-8").strip()
    write_release(tmp_path, released / "releases" / "public" / current, "internal", CANARY)
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    return tmp_path


def test_internal_releases_are_listed_and_printed_where_the_setting_says_so(
    internal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DASHBOARD_AUDIENCE", "internal")
    assert "for internal use" in run(capsys, "releases")[1]
    code, out, err = run(capsys, "figures", "--indicator", DIFFERENT[0], "--area", DIFFERENT[2])
    assert code == 0
    assert CANARY in out
    assert err.strip() == MARK


def test_without_it_they_are_not_there(internal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "releases")[1].startswith("No release yet")
    code, out, err = run(capsys, "figures")
    assert (code, out) == (1, "")
    assert "python -m dashboard publish" in err


def test_whoever_reads_only_the_first_lines_sees_no_complaint(published: Path) -> None:
    command = f"{sys.executable} -m dashboard figures | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env=os.environ | {"DASHBOARD_DATA": str(published)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == ",".join([*COLUMNS, *RELEASED])


def test_every_command_has_a_help_in_plain_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    figures = ("figures", "process-chart", "funnel", "simulate")
    for command in ("check", "publish", "audit", "releases", *figures):
        assert command in told
