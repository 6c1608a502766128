"""The files operators start from: a service starts on a fresh machine, may do what it must and no more, and sees its own secrets."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from songstory.settings import Settings, load_settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
SECRETS = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
NEEDS = {
    "songstory-nightly.service": {"anthropic_api_key"},
    "songstory-worker@.service": {"anthropic_api_key"},
    "songstory-ui.service": {"anthropic_api_key", "oidc_client_secret", "cookie_secret"},
}
CLOSED = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "PrivateDevices": "yes", "UMask": "0077",
    "ProtectKernelTunables": "yes", "ProtectKernelModules": "yes", "ProtectKernelLogs": "yes", "ProtectControlGroups": "yes", "CapabilityBoundingSet": "",
    "RestrictNamespaces": "yes", "LockPersonality": "yes", "RestrictSUIDSGID": "yes", "SystemCallArchitectures": "native", "User": "songstory",
}  # fmt: skip


def service(path: Path) -> dict[str, list[str]]:
    """Return the settings of a unit's service, each with all its values."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").partition("[Service]")[2].partition("[Install]")[0].splitlines():
        if "=" in line and not line.startswith("#"):
            found.setdefault(line.partition("=")[0], []).append(line.partition("=")[2])
    return found


def compose() -> Any:
    """Return compose.yaml as a reader of YAML reads it."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_unit_is_closed(path: Path) -> None:
    said = service(path)
    assert {name: said[name][-1] for name in CLOSED} == CLOSED
    assert "MemoryMax" in said and "TasksMax" in said and said["SystemCallFilter"] == ["@system-service", "~@privileged @resources"]


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_unit_is_exposed_at_most_two_and_a_half(path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here; the lines are held by the other tests")
    done = subprocess.run(["systemd-analyze", "security", "--offline=true", str(path)], capture_output=True, text=True, check=False)
    level = re.search(r"exposure level for .*: (\d+\.\d)", done.stdout)
    assert level is not None and float(level[1]) <= 2.5, done.stdout[-300:] + done.stderr


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_unit_starts_on_a_fresh_machine_and_cannot_rewrite_its_code(path: Path) -> None:
    said = service(path)
    assert "songstory" in said["StateDirectory"][0].split() and said["StateDirectoryMode"] == ["0700"]
    assert said["WorkingDirectory"] == ["/var/lib/songstory"] and said["EnvironmentFile"][0].startswith("-")
    assert said["ExecStart"][0].startswith("/opt/songstory/") and "ReadWritePaths" not in said
    assert not re.search(r"/bin/sh|\$\(", said["ExecStart"][0])
    assert (DEPLOY / "systemd" / "songstory.sysusers.conf").read_text(encoding="utf-8").splitlines()[-1].startswith("u songstory ")


@pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
def test_a_unit_sees_the_secrets_it_needs_and_no_other(path: Path) -> None:
    loaded = [line.partition(":")[0] for line in service(path).get("LoadCredential", [])]
    assert {name.removeprefix("SONGSTORY_").lower() for name in loaded} == NEEDS.get(path.name, set())
    told = " ".join(service(path).get("Environment", []))
    assert not [name for name in SECRETS if name.upper() in told]


def test_each_timer_has_its_unit_and_the_copies_are_kept_in_a_folder_that_is_made() -> None:
    assert {t.stem for t in TIMERS} == {"songstory-nightly", "songstory-backup"}
    said = service(DEPLOY / "systemd" / "songstory-backup.service")
    assert "songstory/backups" in said["StateDirectory"][0] and re.search(r"backup backups --keep \d+$", said["ExecStart"][0])
    for timer in TIMERS:
        parts = configparser.ConfigParser(strict=False, interpolation=None)
        parts.read(timer, encoding="utf-8")
        assert parts["Timer"]["OnCalendar"] and parts["Install"]["WantedBy"] == "timers.target" and timer.with_suffix(".service").exists()


def test_the_port_of_a_worker_is_its_whole_name() -> None:
    (command,) = service(DEPLOY / "systemd" / "songstory-worker@.service")["ExecStart"]
    assert re.search(r"--metrics 127\.0\.0\.1:%i$", command)  # nothing is put before it that could make it a longer number


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_secret_may_be_a_file_of_the_service(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(f"SONGSTORY_{name.upper()}", raising=False)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / f"SONGSTORY_{name.upper()}").write_text("p@ss/w:%# ö\n", encoding="utf-8")
    assert getattr(load_settings(), name).get_secret_value() == "p@ss/w:%# ö"
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "none"))
    assert getattr(load_settings(), name) is None


def test_every_container_is_closed() -> None:
    for name, said in compose()["services"].items():
        assert said["cap_drop"] == ["ALL"] and said["read_only"] is True and said["security_opt"] == ["no-new-privileges:true"], name
        assert said["tmpfs"] and said["mem_limit"] and said["pids_limit"] and said["networks"] and said["healthcheck"], name
        assert not said.get("privileged") and not said.get("network_mode"), name
        assert said.get("cap_add", []) == ([] if name != "db" else ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"]), name
        assert name == "db" or said["user"] == "10001:10001", name


def test_no_container_publishes_beyond_this_machine_and_the_store_is_reached_from_within() -> None:
    found = compose()
    assert (
        found["networks"]["store"]["internal"] is True
        and found["services"]["db"]["networks"] == ["store"]
        and "ports" not in found["services"]["db"]
    )
    assert all(port.startswith("127.0.0.1:") for said in found["services"].values() for port in said.get("ports", []))


def test_a_container_sees_the_secrets_it_needs_and_no_password_stands_in_an_address() -> None:
    found = compose()
    for name, said in found["services"].items():
        told = {str(k): str(v) for k, v in said["environment"].items()}
        wanted = NEEDS.get(
            {"nightly": "songstory-nightly.service", "worker": "songstory-worker@.service", "ui": "songstory-ui.service"}.get(name, ""),
            set(),
        )
        assert {s.removeprefix("SONGSTORY_").lower() for s in said.get("secrets", [])} - {"db_password"} == wanted, name
        assert not wanted or told["CREDENTIALS_DIRECTORY"] == "/run/secrets"
        assert not [k for k in told if k.removeprefix("SONGSTORY_").lower() in SECRETS], name
        assert not re.search(r"://[^/]*:[^/]*@", told.get("SONGSTORY_STORE", "")), name
    assert {"SONGSTORY_PUBLIC_URL", "SONGSTORY_OIDC_METADATA_URL", "SONGSTORY_OIDC_CLIENT_ID"} <= set(
        found["services"]["ui"]["environment"]
    )


def test_base_images_are_named_by_their_full_version_and_take_a_digest() -> None:
    docker, composed = ((DEPLOY / name).read_text(encoding="utf-8") for name in ("Dockerfile", "compose.yaml"))
    assert re.search(r"^ARG PYTHON_IMAGE=python:\d+\.\d+\.\d+-slim-\w+$", docker, re.M) and re.search(
        r"image: postgres:\d+\.\d+-\w+\$\{", composed
    )
    assert "FROM ${PYTHON_IMAGE}${PYTHON_DIGEST:+@${PYTHON_DIGEST}}" in docker and "${POSTGRES_DIGEST:+@${POSTGRES_DIGEST}}" in composed
    assert "sha256:" not in docker + composed  # none is invented: the command fills it in
    assert re.search(r"^USER \d+:\d+$", docker, re.M) and re.search(r"^HEALTHCHECK .*CMD \[", docker, re.M)


def test_the_command_that_fills_the_digests_in_asks_for_both_images(tmp_path: Path) -> None:
    (docker := tmp_path / "docker").write_text('#!/bin/sh\necho "sha256:of-$6"\n')
    docker.chmod(0o700)
    done = subprocess.run(
        ["sh", str(DEPLOY / "digests.sh")], capture_output=True, text=True, check=True, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}
    )
    assert re.fullmatch(r"PYTHON_DIGEST=sha256:of-python:[\d.]+-slim-\w+\nPOSTGRES_DIGEST=sha256:of-postgres:[\d.]+-\w+\n", done.stdout)
