"""Everything that a served release can be asked for, asked for."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bench.callback import find_filter_callback, make_body
from dashboard.settings import Settings
from dashboard.web.server import create_app, warm_up
from tests.attacks.decode import unpack, unwrap

SPANS = ("all", "1y", "3y", "5y")
VIEWS = ("charts", "tables")
COMPARE: tuple[tuple[str, ...], ...] = (
    ("england", "statistical-neighbours", "target"),
    (),
    ("west-midlands", "target"),
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENCODINGS = ("identity", "gzip", "br")
CALLBACK = "/_dash-update-component"
#: What nobody should find, or not in this way.
REFUSED = (
    *("/nowhere", "/through-care/x", "/download/through-care/nothing.csv", "/download/x", "/assets/none.js"),
    *("/assets/../data/observations/planted.csv", "/data/releases/CURRENT", "/figures.csv", "/manifest.json"),
    *("/releases/", "/declared/design.json", "/audits/", "/.env", "/disclosure", "/audit.json", CALLBACK),
    *("/download/through-care/nothing.xlsx", "/download/x.xlsx", "/api", "/api/v1/", "/api/v1/releases"),
    *("/api/v1/figures?audience=council", "/api/v1/figures?raw=1&limit=0&area=x", "/api/v1/indicators?raw=1"),
)
PLAIN = (
    *("/", "/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_favicon.ico", "/healthz"),
    *("/robots.txt", "/favicon.ico", "/api/v1/indicators", "/api/v1/figures"),
)
FIGURES = "/api/v1/figures"
#: Questions of a program, besides the one for everything.
ASKED = (
    *("area=redditch,wychavon", "statistic=percentage", "basis=local&characteristic=none", "from=2022-M01"),
    *("to=2020-21", "characteristic=category_of_abuse&limit=7&offset=3", "indicator=contacts&limit=5000"),
)


@dataclass(frozen=True)
class Answer:
    """What came back, its body as it was before it was compressed."""

    status: int
    headers: Mapping[str, str] = field(hash=False)
    body: bytes

    @property
    def said(self) -> list[str]:
        """What its headers say. How long it is may be any number; `test_differences` compares that."""
        return [f"{name}: {value}" for name, value in self.headers.items() if name != "Content-Length"]

    @property
    def text(self) -> str:
        """The body as a text; that of a workbook as everything that is in it."""
        return "\n".join(part.decode("utf-8", "replace") for part in unpack(self.body))

    @property
    def everything(self) -> str:
        """Headers and body as one text."""
        return "\n".join([*self.said, "", self.text])


def list_texts(answers: Iterable[Answer]) -> set[str]:
    """Every text in some answers, once however many of them say it: what is in quotes, lines, documents."""
    texts: set[str] = set()
    for answer in answers:
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        texts.update(answer.said)
        body = answer.body.decode("utf-8", "replace")
        if kind == "application/json":
            texts.update(body.split('"'))
        elif kind == WORKBOOK:
            texts.update(part.decode("utf-8", "replace") for part in unpack(answer.body))
        else:
            texts.update(body.splitlines() if kind == "text/csv" else [body])
    return texts


class Visitor:
    """A client that keeps every answer by what was asked."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.answers: dict[str, Answer] = {}
        self.callback: dict[str, Any] = {}

    def ask(self, address: str, method: str = "GET", **given: Any) -> Answer:
        """One request, in the encoding that its words choose; what was asked before is not asked again."""
        asked = f"{method} {address} {given.get('data', b'').decode()}".strip()
        if asked not in self.answers:
            encoding = ENCODINGS[crc32(asked.encode()) % len(ENCODINGS)]
            response = self.client.open(
                address, method=method, headers={"Accept-Encoding": encoding}, **given
            )
            self.answers[asked] = read_answer(response)
        return self.answers[asked]

    def change(self, page: str, choice: Mapping[str, object]) -> dict[str, Any]:
        """What an open page is told when something else is chosen."""
        body = make_body(self.callback, {**choice, "page": page})
        answer = self.ask(CALLBACK, "POST", data=body, content_type="application/json")
        view: dict[str, Any] = json.loads(answer.body)["response"]["view"]["data"]
        return view


def read_answer(response: TestResponse) -> Answer:
    """A response, its body decoded."""
    headers = dict(response.headers)
    body = unwrap(response.data, headers.get("Content-Encoding", ""))
    return Answer(response.status_code, headers, _OF_PROCESS.sub(b"", body))


def serve(data: Path) -> FlaskClient:
    """A client of the real app over the current release of a data folder."""
    app = create_app(Settings(data))
    warm_up(app)
    client: FlaskClient = app.server.test_client()
    return client


#: Pages that show what others show too, in other words: of their choices some will do.
_SEEN_BEFORE = ("/districts", "/board-dataset", "/changes", "/explore", "/about")
#: What Dash draws anew for each process and puts in every document: its digits are no figures.
_OF_PROCESS = re.compile(rb'"end_id":"[\w~-]*"')
#: Ways of looking at one measure that none of its controls chooses.
LOOKING = ("", "?known=then", "?from=2019-20-Q4")
_SOME = 11  # of so many files one is downloaded, where there are many


def crawl(data: Path, every: int = 1) -> dict[str, Answer]:
    """Every answer by what was asked: each page, area and period, or one in so many of them.

    The other filters take turns, so that every value of each meets every page.
    """
    visitor = Visitor(serve(data))
    for address in (*PLAIN, *REFUSED):
        visitor.ask(address)
    for method, address in product(("POST", "PUT", "DELETE", "OPTIONS", "HEAD"), ("/", "/healthz", CALLBACK)):
        visitor.ask(address, method)
    visitor.callback = find_filter_callback(json.loads(visitor.ask("/_dash-dependencies").body))
    home = visitor.ask("/").body.decode()
    for address in re.findall(r'(?:src|href)="(/(?:assets|_dash-comp|bootstrap)[^"]+)"', home):
        visitor.ask(unescape(address))
    _ask_for_figures(visitor)
    for number, (page, area, period) in enumerate(list_choices(visitor, home)):
        if number % every == 0:
            _visit(visitor, number, page, area, period)
    return visitor.answers


def _ask_for_figures(visitor: Visitor) -> None:
    """Everything that a program can be told, some hundreds at a time; and some of it otherwise."""
    address = f"{FIGURES}?limit=300"
    while address:
        address = json.loads(visitor.ask(address).body)["next"]
    for query in ASKED:
        visitor.ask(f"{FIGURES}?{query}")


def list_choices(visitor: Visitor, home: str) -> Iterator[tuple[str, str, str]]:
    """Every page by its address, with every area and every period that it offers."""
    tabs = home.split("<nav")[1].split("</nav>")[0]
    pages = dict.fromkeys(address.split("?")[0] for address in re.findall(r'href="(/[^"#]*)"', tabs))
    for page in pages:
        document = visitor.ask(page).body.decode()
        choices = product(_options(document, "area"), _options(document, "period"))
        for number, (area, period) in enumerate(choices):
            if page not in _SEEN_BEFORE or number % _SOME == 0:
                yield page, area, period
    yield from _list_measures(visitor)


def _list_measures(visitor: Visitor) -> Iterator[tuple[str, str, str]]:
    """The page of every measure, with areas and periods in turn: all of each come up many times."""
    index = visitor.ask("/explore").body.decode()
    measures = dict.fromkeys(re.findall(r'href="(/explore/[a-z0-9_]+)', index))
    areas, periods = _options(index, "area"), _options(index, "period")
    for number, page in enumerate(measures):
        yield page, areas[number % len(areas)], periods[number // len(areas) % len(periods)]


def _options(document: str, control: str) -> list[str]:
    text = document.split(f'id="{control}">')[1].split("</select>")[0]
    return re.findall(r'value="([^"]*)"', text)


def _visit(visitor: Visitor, number: int, page: str, area: str, period: str) -> None:
    """One choice as a change, with the files it links to; in turns as a page that is opened, and its layout.

    Opening takes ten times as long. Eight has nothing in common with seven areas and seven periods, so that
    every page is opened for each of them.
    """
    span, view, compare = (each[number % len(each)] for each in (SPANS, VIEWS, COMPARE))
    query = {"area": area, "period": period, "compare": ",".join(compare) or "none"}
    at = f"{page}?{urlencode(query | {'range': span, 'view': view})}"
    narrow = number % 5 == 0
    if number % 8 == 0:
        visitor.ask(at)
    if number % 8 == 4:
        visitor.ask(f"/_dash-layout?{urlencode({'at': at} | ({'narrow': '1'} if narrow else {}))}")
    choice = {"area": area, "period": period, "compare": list(compare), "range": span, "display": view}
    key = (page.strip("/") or "at-a-glance") + (LOOKING[number % len(LOOKING)] if page.count("/") > 1 else "")
    if page == "/board-dataset":
        for suffix in ("csv", "xlsx"):
            visitor.ask(f"/download{page}/dataset.{suffix}?period={period}")
    links = [link for _, link in visitor.change(key, {**choice, "narrow": narrow})["links"]]
    for place, link in enumerate(links):
        few = page.count("/") > 1 or ".xlsx?" in link  # measures are many, and workbooks take a while
        if (place + number) % (_SOME if few else 1) == 0:
            visitor.ask(link)
