"""Settings; read at the doors (`cli.py`, `ui/shared.py`) and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SecretsSettingsSource, SettingsConfigDict

from songstory.errors import ConfigError


class Settings(BaseSettings):
    """What a team may set, each as SONGSTORY_<NAME>, in a `.env` file, or as a file of that name in $CREDENTIALS_DIRECTORY.

    A key alone spends nothing: `writer` decides.
    """

    model_config = SettingsConfigDict(env_prefix="SONGSTORY_", env_file=".env", extra="ignore", hide_input_in_errors=True)

    store: str = "sqlite:///songstory.db"
    writer: str = "composer"
    model: str = "claude-haiku-5-5"
    anthropic_api_key: SecretStr | None = None
    anthropic_base_url: str = ""
    budget_run: float | None = Field(default=None, ge=0)  # USD that one night may spend; none: no limit
    budget_day: float | None = Field(default=None, ge=0)  # a day and a month are those of UTC
    budget_month: float | None = Field(default=None, ge=0)
    processes_person: int = Field(default=2, ge=1)  # that one person may start from pages at once; the rest wait in line
    processes_house: int = Field(default=4, ge=1)
    language: str = "en"
    market: str = "world"
    solo: bool = False
    actor: str = ""
    export_dir: Path = Path("stories")
    log_level: str = "WARNING"
    log_format: str = "text"  # text, or json: one object a line
    otel: str = "off"  # where spans and metrics go: off, console, or otlp (as the OTEL_… variables say)
    public_url: str = "http://127.0.0.1:8501"  # where editors reach the dashboard
    oidc_metadata_url: str = ""  # the provider's .well-known/openid-configuration; without it the dashboard is solo
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    cookie_secret: SecretStr | None = None  # at least 32 random characters; signs the cookie of a sign-in
    contact: str = ""  # an e-mail address or a page, told to the public sources
    audit_heads: Path | None = None  # where heads of the audit log are appended; best on another machine. Default: beside SQLite
    audit_key: SecretStr | None = None  # Ed25519, signs the heads: PEM, or 32 bytes in base64
    audit_key_file: Path | None = None  # the same in a file
    cache_dir: Path | None = None  # where answers of the public sources are kept
    private_hosts: tuple[str, ...] = ()  # hosts of your own network that may be fetched from, such as a mirror

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, and last the folder where systemd, or compose, lays the secrets of one service."""
        folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
        secrets = SecretsSettingsSource(settings_cls, secrets_dir=folder if folder and Path(folder).is_dir() else None)
        return init_settings, env_settings, dotenv_settings, secrets


def load_settings() -> Settings:
    """Return the settings of this environment. Raise ConfigError in one line when one is malformed."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "SONGSTORY_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError(f"{name}: {first['msg']}; correct it in the environment or in .env") from None
