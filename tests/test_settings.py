from pathlib import Path

import pytest

from songstory.errors import ConfigError
from songstory.settings import Settings, load_settings


def test_defaults_need_no_key_and_no_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert (load_settings().writer, load_settings().anthropic_api_key) == ("composer", None)


def test_a_secret_never_shows() -> None:
    assert "canary" not in repr(Settings(anthropic_api_key="canary"))  # type: ignore[arg-type]


def test_a_malformed_setting_is_one_line_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_SOLO", "canary")
    with pytest.raises(ConfigError, match="SONGSTORY_SOLO") as caught:
        load_settings()
    assert "canary" not in str(caught.value) and "\n" not in str(caught.value)
