"""What may be said in the environment."""

from pathlib import Path

import pytest

from dashboard.settings import DATA, Settings, SettingsError, read_settings


def test_nothing_said_is_the_public_dashboard_of_this_project() -> None:
    assert read_settings({}) == Settings(DATA, "public")


def test_a_data_folder_may_be_named(tmp_path: Path) -> None:
    assert read_settings({"DASHBOARD_DATA": str(tmp_path)}).data == tmp_path


def test_a_data_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="a folder that exists"):
        read_settings({"DASHBOARD_DATA": str(tmp_path / "nowhere")})


def test_an_unknown_audience_is_refused_and_never_taken_for_another() -> None:
    with pytest.raises(SettingsError, match="found 'internal', expected public"):
        read_settings({"DASHBOARD_AUDIENCE": "internal"})
