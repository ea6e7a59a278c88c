"""What may be said in the environment."""

from pathlib import Path

import pytest

from dashboard.settings import (
    DATA,
    Settings,
    SettingsError,
    check_bind,
    check_serving,
    read_settings,
)

ANYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens: it is only asked about
SIGNED_IN = {
    "DASHBOARD_AUDIENCE": "internal",
    "DASHBOARD_SIGN_IN": "proxy",
    "DASHBOARD_SIGN_IN_HEADER": "X-Remote-User",
}


def test_nothing_said_is_the_public_dashboard_of_this_project() -> None:
    assert read_settings({}) == Settings(DATA, "public")
    assert read_settings(dict.fromkeys(SIGNED_IN, "")) == Settings(DATA, "public")


def test_a_data_folder_may_be_named(tmp_path: Path) -> None:
    assert read_settings({"DASHBOARD_DATA": str(tmp_path)}).data == tmp_path


def test_a_data_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a folder that exists"):
        read_settings({"DASHBOARD_DATA": str(tmp_path / "nowhere")})


@pytest.mark.parametrize("word", ["Internal", "INTERNAL", "intern", " internal", "internal ", "board", "1"])
def test_an_unknown_audience_is_refused_and_never_taken_for_another(word: str) -> None:
    with pytest.raises(SettingsError, match="expected public or internal"):
        read_settings({"DASHBOARD_AUDIENCE": word})


def test_a_sign_in_without_an_audience_is_public() -> None:
    settings = read_settings({name: word for name, word in SIGNED_IN.items() if "AUDIENCE" not in name})
    assert settings.audience == "public"
    check_serving(settings)


def test_internal_figures_are_served_behind_a_sign_in() -> None:
    settings = read_settings(SIGNED_IN)
    assert (settings.audience, settings.sign_in, settings.sign_in_header) == (
        "internal",
        "proxy",
        "X-Remote-User",
    )
    check_serving(settings)


@pytest.mark.parametrize("missing", ["DASHBOARD_SIGN_IN", "DASHBOARD_SIGN_IN_HEADER"])
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_internal_figures_are_not_served_without_one(missing: str, how: str) -> None:
    environment = SIGNED_IN | {missing: ""}
    if how == "absent":
        del environment[missing]
    with pytest.raises(SettingsError, match=f"set {missing}="):
        check_serving(read_settings(environment))


def test_the_message_names_everything_that_is_to_be_set() -> None:
    with pytest.raises(SettingsError, match=r"DASHBOARD_SIGN_IN=proxy and DASHBOARD_SIGN_IN_HEADER="):
        check_serving(read_settings({"DASHBOARD_AUDIENCE": "internal"}))


@pytest.mark.parametrize("word", ["Proxy", "none", "off", "true", "header"])
def test_a_way_to_sign_in_that_is_not_known_is_refused(word: str) -> None:
    with pytest.raises(SettingsError, match=f"DASHBOARD_SIGN_IN: found '{word}', expected proxy"):
        read_settings(SIGNED_IN | {"DASHBOARD_SIGN_IN": word})


@pytest.mark.parametrize(
    "name",
    [
        *("Host", "Cookie", "User-Agent", "Accept-Language", "Sec-Fetch-Mode", "X-Forwarded-For"),
        *("X-Real-IP", "x-requested-with", "X Remote User", "X_Remote_User", "X-Remote-User:", "-"),
    ],
)
def test_a_header_that_anybody_sends_or_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="DASHBOARD_SIGN_IN_HEADER: found"):
        read_settings(SIGNED_IN | {"DASHBOARD_SIGN_IN_HEADER": name})


def test_the_proxy_may_be_on_another_machine_if_its_address_is_named() -> None:
    settings = read_settings(SIGNED_IN | {"DASHBOARD_SIGN_IN_FROM": "10.0.0.5, fd00::5"})
    assert settings.sign_in_from == ("10.0.0.5", "fd00::5")
    check_bind(settings, (ANYWHERE,))


def test_what_is_not_an_address_is_refused() -> None:
    with pytest.raises(SettingsError, match="DASHBOARD_SIGN_IN_FROM: found '\\*'"):
        read_settings(SIGNED_IN | {"DASHBOARD_SIGN_IN_FROM": "*"})


@pytest.mark.parametrize("host", [ANYWHERE, "::", "10.1.2.3", "figures.example.gov.uk"])
def test_the_internal_dashboard_listens_to_nothing_but_this_machine_where_nothing_else_is_said(
    host: str,
) -> None:
    with pytest.raises(SettingsError, match=f"found '{host}', expected 127.0.0.1"):
        check_bind(read_settings(SIGNED_IN), ("127.0.0.1", host))
    check_bind(read_settings({}), (host,))


def test_this_machine_goes_by_several_names() -> None:
    check_bind(read_settings(SIGNED_IN), ("127.0.0.1", "::1", "localhost"))
