"""Starting gunicorn as it is deployed: what it refuses, what it says then, and whom it answers."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.audiences import MARK
from dashboard.settings import APP_LOAD_ERROR
from tests.web.audiences import NAMED

ROOT = Path(__file__).parents[2]
SIGN_IN = {"DASHBOARD_SIGN_IN": "proxy", "DASHBOARD_SIGN_IN_HEADER": "X-Remote-User"}
ANYWHERE = "0.0.0.0"  # noqa: S104 - it is to be refused


def start(data: Path, environment: dict[str, str], bind: str = "127.0.0.1:0") -> subprocess.Popen[str]:
    """gunicorn with the project's own settings, and those given."""
    clean = {name: word for name, word in os.environ.items() if not name.startswith("DASHBOARD_")}
    return subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "app:server", "--bind", bind, "--workers", "1"],
        cwd=ROOT,
        env=clean | {"DASHBOARD_DATA": str(data)} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def refusal(data: Path, environment: dict[str, str], bind: str = "127.0.0.1:0") -> str:
    """What a server says that does not start."""
    process = start(data, environment, bind)
    try:
        said, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == APP_LOAD_ERROR, said
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "set DASHBOARD_SIGN_IN=proxy and DASHBOARD_SIGN_IN_HEADER=X-Remote-User"),
        (
            {"DASHBOARD_SIGN_IN": "", "DASHBOARD_SIGN_IN_HEADER": "X-Remote-User"},
            "set DASHBOARD_SIGN_IN=proxy",
        ),
        ({"DASHBOARD_SIGN_IN": "proxy"}, "set DASHBOARD_SIGN_IN_HEADER=X-Remote-User"),
        ({**SIGN_IN, "DASHBOARD_SIGN_IN": "Proxy"}, "DASHBOARD_SIGN_IN: found 'Proxy', expected proxy"),
        ({**SIGN_IN, "DASHBOARD_SIGN_IN_HEADER": "Host"}, "DASHBOARD_SIGN_IN_HEADER: found 'Host'"),
        ({**SIGN_IN, "DASHBOARD_AUDIENCE": "Internal"}, "DASHBOARD_AUDIENCE: found 'Internal'"),
    ],
)
def test_the_internal_dashboard_does_not_start_without_a_sign_in(
    both: Path, environment: dict[str, str], expected: str
) -> None:
    assert expected in refusal(both, {"DASHBOARD_AUDIENCE": "internal", **environment})


def test_it_does_not_listen_to_everybody(both: Path) -> None:
    said = refusal(both, {"DASHBOARD_AUDIENCE": "internal", **SIGN_IN}, f"{ANYWHERE}:0")
    assert f"--bind: found '{ANYWHERE}', expected 127.0.0.1" in said
    assert "DASHBOARD_SIGN_IN_FROM" in said


def test_without_a_release_for_its_audience_it_says_how_to_make_one(tmp_path: Path) -> None:
    said = refusal(tmp_path, {"DASHBOARD_AUDIENCE": "internal", **SIGN_IN})
    assert "run `DASHBOARD_AUDIENCE=internal python -m dashboard publish` first" in said
    assert "run `python -m dashboard publish` first" in refusal(tmp_path, {})


@pytest.fixture(scope="module")
def port(both: Path) -> Iterator[int]:
    """Where the internal dashboard is served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        free: int = taken.getsockname()[1]
    process = start(both, {"DASHBOARD_AUDIENCE": "internal", **SIGN_IN}, f"127.0.0.1:{free}")
    try:
        for _ in range(300):
            if process.poll() is not None:
                pytest.fail(f"The server did not start:\n{process.communicate()[0]}")
            if ask(free, "/healthz")[0] == 200:
                break
            time.sleep(0.1)
        yield free
    finally:
        process.terminate()
        process.communicate(timeout=20)


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    """The status and the text of an answer; 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def test_it_answers_those_whose_name_the_proxy_hands_on(port: int) -> None:
    status, text = ask(port, "/", NAMED)
    assert status == 200
    assert MARK in text


@pytest.mark.parametrize(
    "headers", [{}, {"X_Remote_User": "me"}, {"HTTP_X_REMOTE_USER": "me"}, {"X-Remote-User": ""}]
)
def test_it_answers_nobody_else_however_the_header_is_spelt(port: int, headers: dict[str, str]) -> None:
    for path in ("/", "/_dash-layout", "/disclosure", "/download/at-a-glance/x.csv"):
        assert ask(port, path, headers)[0] == 401, path
