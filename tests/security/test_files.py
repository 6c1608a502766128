"""What the house writes is for its own user, goes where it was told to, and never through a link; what it unpacks has bounds."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

import songstory as ss
from songstory import private_files, publishing
from songstory.cli import app
from songstory.errors import BadRecord, StoreError
from songstory.sources import http, sheets
from songstory.sources import parquet as bounded
from songstory.store import Store, backups, nights, stories

runner = CliRunner()


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    """Return the modes of all that is below a folder, and its own."""
    return {str(p.relative_to(folder)): oct(stat.S_IMODE(p.stat().st_mode)) for p in (folder, *folder.rglob("*"))}


def live(desk: Store) -> list[str]:
    """Publish a story, and return the names of the files that an export would give it, without their endings."""
    revision = ss.generate(desk, "sledgehammer", ss.open_writer(), actor="mara").id
    ss.submit(desk, revision, actor="mara")
    ss.approve(desk, revision, actor="ben")
    ss.publish(desk, revision, actor="cleo")
    return [publishing._SAFE.sub("-", story) for story, _ in stories.live_publications(desk)]


def on_store(store: Store, folder: Path) -> None:
    ss.open_store(f"sqlite:///{folder / 'new.db'}").close()
    with nights.only_one(store):
        pass


def on_export(store: Store, folder: Path) -> None:
    publishing.export(store, folder / "out" / "stories")


def on_backup(store: Store, folder: Path) -> None:
    backups.backup(store, folder / "copy.db")
    backups.restore(folder / "copy.db", folder / "restored.db")


def on_answers(store: Store, folder: Path) -> None:
    answers = http.Client("a@b.org", cache=folder / "answers")
    answers._keep("https://x.example/", b"{}")


@pytest.mark.parametrize("act", [on_store, on_export, on_backup, on_answers])
def test_what_is_written_is_for_its_own_user_whatever_the_umask(umask: int, act: Callable[[Store, Path], None], empty: Path, tmp_path: Path) -> None:
    shutil.copyfile(empty, tmp_path / "songs.db")
    (tmp_path / "songs.db").chmod(0o600)
    store = ss.open_store(f"sqlite:///{tmp_path / 'songs.db'}")
    act(store, tmp_path)
    found = modes(tmp_path)
    assert len(found) > 3 and {"songs.db", "songs.db-wal"} <= set(found)
    store.close()
    own = {name: mode for name, mode in found.items() if name != "."}
    assert set(own.values()) <= {"0o600", "0o700"}, own


@pytest.mark.parametrize("name", ["songs.db", "songs.db-wal"])
def test_a_store_of_before_is_closed_to_everybody_when_it_is_opened(name: str, tmp_path: Path) -> None:
    ss.open_store(f"sqlite:///{tmp_path / 'songs.db'}").close()
    (tmp_path / "songs.db").chmod(0o664)
    store = ss.open_store(f"sqlite:///{tmp_path / 'songs.db'}")
    assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o660  # the house's group stays
    store.close()


@pytest.mark.parametrize("name", ["{}.json.part", "{}.html.part", "manifest.json.part", "{}.json", "{}.html", "manifest.json"])
def test_an_export_never_writes_through_a_link(name: str, desk: Store, tmp_path: Path) -> None:
    (story,) = live(desk)
    victim, folder = tmp_path / "victim", private_files.folder(tmp_path / "exp")
    victim.write_text("mine")
    (link := folder / name.format(story)).symlink_to(victim)
    if name.endswith(".part"):
        publishing.export(desk, folder)
        assert not [p for p in folder.iterdir() if p.is_symlink()] and (folder / f"{story}.json").is_file()
    else:
        with pytest.raises(StoreError, match="is a link"):
            publishing.export(desk, folder)
        assert link.is_symlink()
    assert victim.read_text() == "mine"


def test_an_export_goes_into_no_folder_that_is_a_link(desk: Store, tmp_path: Path) -> None:
    live(desk)
    (elsewhere := tmp_path / "elsewhere").mkdir()
    (tmp_path / "exp").symlink_to(elsewhere)
    with pytest.raises(StoreError, match="is a link"):
        publishing.export(desk, tmp_path / "exp")
    assert not list(elsewhere.iterdir())


@pytest.mark.parametrize("kind", ["file", "link", "dangling"])
def test_a_file_is_made_anew_or_not_at_all(kind: str, tmp_path: Path) -> None:
    place, target = tmp_path / "x", tmp_path / "target"
    if kind == "file":
        place.write_text("mine")
    else:
        place.symlink_to(target)
    if kind == "link":
        target.write_text("mine")
    with pytest.raises(FileExistsError):
        private_files.create(place)
    assert not target.exists() or target.read_text() == "mine"


def test_a_copy_comes_back_to_the_file_that_a_link_leads_to(store: Store, tmp_path: Path) -> None:
    backups.backup(store, tmp_path / "b.db")
    (tmp_path / "real").mkdir()
    ss.open_store(f"sqlite:///{tmp_path / 'real' / 'songs.db'}").close()
    (link := tmp_path / "songs.db").symlink_to(tmp_path / "real" / "songs.db")
    done = backups.restore(tmp_path / "b.db", link, replace=True)
    assert link.is_symlink() and done.path == str(tmp_path / "real" / "songs.db")
    assert len(list((tmp_path / "real").glob("songs.db.before-*"))) == 1 and not list(tmp_path.glob("songs.db.before-*"))


def test_copies_in_a_folder_are_named_by_the_time_and_the_oldest_go(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{store.engine.url.database}")
    (folder := tmp_path / "backups").mkdir()
    for day in ("01", "02", "03"):
        (folder / f"songs-202601{day}T000000Z.db").touch()
    (folder / "mine.db").touch()
    (folder / "songs-20250101T000000Z.db").symlink_to(folder / "mine.db")
    done = runner.invoke(app, ["backup", str(folder), "--keep", "2"])
    kept = sorted(p.name for p in folder.iterdir())
    assert done.exit_code == 0 and kept[0] == "mine.db" and "songs-20260103T000000Z.db" in kept and len(kept) == 4


# tables ------------------------------------------------------------------------------------------------------------------


def table(path: Path, columns: dict[str, object], **options: object) -> Path:
    parquet.write_table(pyarrow.table(columns), path, **options)  # type: ignore[arg-type]
    return path


LONG = "x" * 100_000
BOMBS: dict[str, Callable[[], dict[str, object]]] = {
    "one long text in many rows": lambda: {
        "title": pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 300_000, pyarrow.int32()), [LONG])
    },
    "many rows of nothing": lambda: {f"c{i}": pyarrow.nulls(300_000, pyarrow.string()) for i in range(12)},
    "long lists": lambda: {"title": pyarrow.array([[LONG] * 20] * 50)},
    "texts in a structure": lambda: {"title": pyarrow.array([{"a": LONG}] * 1_000)},
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_table_that_unpacks_beyond_measure_ends_with_a_word(name: str, tmp_path: Path) -> None:
    path = table(tmp_path / "bomb.parquet", BOMBS[name](), compression="zstd")
    assert path.stat().st_size < 400_000
    read = list(sheets.rows(path))
    assert isinstance(read[-1], BadRecord) and "unpacks to" in str(read[-1])
    assert len(read) * (100_000 if "long text" in name else 1) <= bounded.LEAST_BUDGET * 1.1


def test_an_honest_table_is_read_whole(tmp_path: Path) -> None:
    rows = [{"title": f"Harbour {i % 7}", "artist": "The Tides", "year": 1980 + i % 40, "writer": ["Ines Okafor"]} for i in range(5_000)]
    path = tmp_path / "t.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(rows), path)
    assert [r for _, r in sheets.rows(path)] == rows  # type: ignore[misc]
