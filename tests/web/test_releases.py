"""The internal page of loads and releases: looking changes nothing, and every step can be undone."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.loads import list_in_force, list_loads
from dashboard.locking import hold_lock
from dashboard.settings import Settings
from dashboard.web import loading
from dashboard.web.server import create_app
from tests.bringing import copy_data
from tests.web.audiences import NAMED, internal_settings
from tests.web.samples import SampleReader

SAMPLES = Path(__file__).parent.parent / "intake" / "samples" / "dfe"
HEADING = "indicator,statistic,area,basis,period,value\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(loading, "_STAGES", tmp_path / "staged")
    return copy_data(tmp_path / "data")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The data folders of which publishing was begun, which takes a minute and is not done here."""
    begun: list[Path] = []
    monkeypatch.setattr(loading, "start_publishing", begun.append)
    return begun


@pytest.fixture
def client(data: Path, started: list[Path]) -> FlaskClient:
    return create_app(internal_settings(data), SampleReader()).server.test_client()


def post(client: FlaskClient, step: str, **form: object) -> TestResponse:
    return client.post(f"/releases/{step}", data=form, headers=NAMED)


def upload(client: FlaskClient, text: str, name: str = "july.csv", kind: str = "tidy") -> TestResponse:
    files = (io.BytesIO(text.encode()), name)
    return post(client, "upload", kind=kind, files=files, published_on="2019-08-31")


def follow(client: FlaskClient, answer: TestResponse) -> str:
    """The words of the page that an answer leads to."""
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"], headers=NAMED)
    assert page.status_code == 200
    return unescape(re.sub(r"<[^>]+>", " ", page.text))


def staged(answer: TestResponse) -> str:
    return answer.headers["Location"].partition("staged=")[2]


def test_a_month_is_looked_at_loaded_and_published(
    client: FlaskClient, data: Path, started: list[Path], tmp_path: Path
) -> None:
    rows = "looked_after_children,count,worcestershire,local,2019-M06,815\n"
    rows += "looked_after_children,count,worcestershire,local,2019-M07,820\n"
    looked = upload(client, HEADING + rows)
    said = follow(client, looked)
    assert "1 new figures, 1 with another number" in said
    assert "nothing was guessed" in said
    assert re.search(r"2019-M06\s+814\s+815\s+Revised", said)
    assert list_loads(data) == ()
    assert (tmp_path / "staged").stat().st_mode & 0o077 == 0

    said = follow(client, post(client, "load", staged=staged(looked)))
    (kept,) = list_loads(data)
    assert (kept.by, kept.published_on, kept.added, kept.changed) == ("somebody", "2019-08-31", 1, 1)
    assert list_in_force(data) == (kept.id,)
    assert started == [data]
    assert kept.id in said
    assert not list((tmp_path / "staged").glob("*/files/*"))


def test_an_error_is_shown_in_its_place_and_nothing_can_be_loaded(client: FlaskClient, data: Path) -> None:
    looked = upload(client, HEADING + "looked_after_children,count,worcestershire,local,2019-M07,many\n")
    page = client.get(looked.headers["Location"], headers=NAMED).text
    assert "Error" in page
    assert "many" in page
    assert "Load it and publish" not in page
    assert "there are errors" in follow(client, post(client, "load", staged=staged(looked)))
    assert list_loads(data) == ()


def test_what_is_put_aside_is_gone(client: FlaskClient, tmp_path: Path) -> None:
    looked = upload(client, HEADING)
    follow(client, post(client, "discard", staged=staged(looked)))
    assert not list((tmp_path / "staged").glob("*"))
    assert "no longer here" in follow(client, post(client, "load", staged=staged(looked)))


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("july.pdf", "tidy", "july.pdf is none of .xlsx, .csv, .txt"),
        ("july.csv", "nothing", "Choose what kind of file it is"),
        ("", "tidy", "Choose a file"),
        ("../../etc/passwd", "tidy", "is none of .xlsx, .csv, .txt"),
    ],
)
def test_what_is_no_such_file_is_not_taken(client: FlaskClient, name: str, kind: str, said: str) -> None:
    assert said in follow(client, upload(client, HEADING, name, kind))


def test_too_much_at_once_is_refused_in_words(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_UPLOAD_BYTES", 1024)
    assert "MB are taken at once" in follow(client, upload(client, "x" * 4096))


def test_another_website_cannot_send_a_form_in_the_readers_name(
    client: FlaskClient, started: list[Path]
) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert client.post("/releases/publish", headers=NAMED | headers).status_code == 403
    assert started == []


def test_nobody_without_a_name_sees_it_and_the_public_dashboard_has_none(data: Path) -> None:
    internal = create_app(internal_settings(data), SampleReader()).server.test_client()
    assert internal.get("/releases").status_code == 401
    assert internal.post("/releases/publish").status_code == 401
    public = create_app(Settings(data), SampleReader()).server.test_client()
    assert public.get("/releases").status_code == 404
    assert public.post("/releases/publish").status_code in (404, 405)


def test_while_somebody_is_at_work_nothing_else_is_begun(
    client: FlaskClient, data: Path, started: list[Path]
) -> None:
    with hold_lock(data):
        assert "try again in a minute" in follow(client, post(client, "publish"))
        assert "Look again" in client.get("/releases", headers=NAMED).text
    follow(client, post(client, "publish"))
    assert started == [data]


def test_a_release_that_there_is_not_cannot_be_gone_back_to(client: FlaskClient) -> None:
    assert "expected the id of a release" in follow(client, post(client, "rollback", release="--help"))


def test_a_step_that_there_is_not_leads_back(client: FlaskClient) -> None:
    assert "Bring figures in" in follow(client, post(client, "format"))


@pytest.mark.parametrize("name", ["", "../data", "x" * 500, "nothing"])
def test_a_name_of_nothing_staged_shows_the_page(client: FlaskClient, name: str) -> None:
    page = client.get("/releases", query_string={"staged": name, "said": "<b>x</b>"}, headers=NAMED)
    assert page.status_code == 200
    assert "<b>x</b>" not in page.text


def test_what_nobody_loads_is_removed_after_an_hour(
    client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = upload(client, HEADING)
    assert loading.find_stage(staged(looked)) is not None
    monkeypatch.setattr(loading, "_KEPT_FOR", -1)
    loading.sweep_stages()
    assert not list((tmp_path / "staged").glob("*"))
