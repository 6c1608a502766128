"""The doors by which facts come in: every source from a file, cut-off imports, hostile files, the command line."""

import gzip
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

import songstory as ss
from songstory import importing, intake
from songstory.cli import app
from songstory.cli_shared import settings
from songstory.errors import SourceError
from songstory.sources import archives
from songstory.store import Store, catalogue, stories

DATA = Path(__file__).parent / "data"


def counts(store: Store) -> dict[str, int]:
    tables = ("entity", "entity_name", "entity_identifier", "track", "track_entity", "source_record", "fact", "fact_flag")
    with store.session() as session:
        return {t: session.connection().execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in tables}


DOORS = [
    (importing.import_musicbrainz, [DATA / "musicbrainz/picard_recording.json", DATA / "musicbrainz/recording.xml"]),
    (importing.import_wikidata, [DATA / "wikidata/Q1299.json"]),
    (importing.import_wikipedia, [DATA / "wikipedia/articles.jsonl"]),
    (importing.import_discogs, [DATA / "discogs/releases.xml", DATA / "discogs/artist.xml"]),
    (importing.import_ddex, [DATA / "ddex/ern-432_made.xml"]),
]


@pytest.mark.parametrize(("door", "paths"), DOORS, ids=lambda x: getattr(x, "__name__", ""))
def test_every_source_written_twice_changes_nothing(any_store: Store, door: object, paths: list[Path]) -> None:
    first = door(any_store, paths)  # type: ignore[operator]
    before = counts(any_store)
    second = door(any_store, paths)  # type: ignore[operator]
    assert first.added and not second.added and second.retracted == 0 and counts(any_store) == before


ARTIST, WORK, RECORDING = (f"{n}f3471b5-7e6a-48da-86a9-c1c07a0f47ae" for n in "123")
WROTE = {"type": "writer", "target-type": "artist", "artist": {"id": ARTIST, "name": "Ana Okafor"}}
PLAYED = {"type": "performance", "target-type": "work", "work": {"id": WORK, "title": "Night Bus"}}


@pytest.mark.parametrize("order", [("recording", "work"), ("recording", "named")])
def test_a_work_says_who_wrote_every_recording_of_it(any_store: Store, tmp_path: Path, order: tuple[str, str]) -> None:
    documents = {
        "recording": {"id": RECORDING, "title": "Night Bus", "artist-credit": [], "relations": [PLAYED] if order[1] == "work" else []},
        "work": {"id": WORK, "title": "Night Bus", "iswcs": ["T-070.246.800-1"], "relations": [WROTE]},
        "named": {
            "id": WORK, "title": "Night Bus", "iswcs": [],
            "relations": [WROTE, {"type": "performance", "target-type": "recording", "recording": {"id": RECORDING}}],
        },
    }  # fmt: skip
    for name in order:
        (tmp_path / name).write_text(json.dumps(documents[name]))
        importing.import_musicbrainz(any_store, [tmp_path / name])
    (track,) = catalogue.track_ids(any_store)
    assert [(f.predicate, f.value) for f in catalogue.facts_of(any_store, track)] == [("writer", "Ana Okafor")]
    assert catalogue.get_entity(any_store, f"mb-{WORK}").kind == "work"


def test_a_work_that_nobody_performs_is_kept_and_counted(store: Store, tmp_path: Path) -> None:
    (tmp_path / "work").write_text(json.dumps({"id": WORK, "title": "Night Bus", "iswcs": [], "relations": [WROTE]}))
    done = importing.import_musicbrainz(store, [tmp_path / "work"])
    assert done.passed == {intake.UNHEARD: 1} and done.added["entity"] == 1 and not done.rejected


def test_what_is_kept_and_where_it_is_from_is_there_to_read_and_never_told(store: Store, tmp_path: Path) -> None:
    fact = {
        "kind": "fact",
        "track": "t0",
        "predicate": "copyright",
        "value": "2024 Harbour",
        "source": "s",
        "locator": "r",
        "reference": "p. 3",
    }
    path = many(tmp_path / "c.jsonl", 1)
    path.write_text(path.read_text() + "\n" + json.dumps(fact))
    assert ss.import_file(store, path).rejected == ()
    assert [(f.value, f.reference) for f in catalogue.facts_of(store, "t0")][1] == ("2024 Harbour", "p. 3")
    with pytest.raises(ss.NotEnoughFacts, match="1 thing can"):
        ss.brief_of(store, "t0")


@pytest.mark.parametrize(("door", "paths"), DOORS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_missing_file_is_one_line(store: Store, door: object, paths: list[Path]) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        door(store, [Path("/nowhere/x.xml" if door is importing.import_discogs else "/nowhere/x.json")])  # type: ignore[operator]


def many(path: Path, tracks: int) -> Path:
    lines = ['{"kind":"source","key":"s","name":"S","licence":"CC0"}']
    for i in range(tracks):
        lines.append(json.dumps({"kind": "track", "id": f"t{i}", "title": f"Song {i}", "artist": "A"}))
        lines += [
            json.dumps({"kind": "fact", "track": f"t{i}", "predicate": "tempo", "value": 60 + i % 90, "source": "s", "locator": f"r{i}"})
        ]
    path.write_text("\n".join(lines))
    return path


class Cut(Exception):
    """Stands for a machine that goes off."""


def test_an_import_that_was_cut_off_goes_on_where_it_stood(any_store: Store, tmp_path: Path) -> None:
    path = many(tmp_path / "m.jsonl", 6_000)
    read: list[int] = []

    def cut(position: int) -> None:
        read.append(position)
        if len(read) == 1:
            raise Cut

    with pytest.raises(Cut):
        ss.import_file(any_store, path, progress=cut)
    assert 0 < counts(any_store)["track"] < 6_000
    done = ss.import_file(any_store, path, progress=read.append)
    assert read[1] > read[0] and done.added["track"] < 6_000  # the first batch was not read again
    assert counts(any_store)["track"] == counts(any_store)["fact"] == counts(any_store)["source_record"] == 6_000
    assert ss.import_file(any_store, path).skipped


def test_what_a_record_no_longer_states_stops_standing(any_store: Store, lines: Path) -> None:
    ss.import_file(any_store, lines)
    lines.write_bytes(lines.read_bytes().replace(b'"tempo","value":96', b'"tempo","value":97'))
    assert ss.import_file(any_store, lines).retracted == 1
    assert [f.value for f in catalogue.facts_of(any_store, "sledgehammer") if f.predicate == "tempo"] == [97]


def test_a_live_story_is_pulled_when_its_source_takes_a_fact_back(sample: Store, tmp_path: Path) -> None:
    track = "west-end-girls"
    for act, who in ((ss.submit, "mara"), (ss.approve, "ben"), (ss.publish, "cleo")):
        act(sample, f"{track}.1", actor=who)
    cited = {k for c in stories.get_revision(sample, f"{track}.1").cards for k in c.sentences[0].cites}
    fact = next(f for f in catalogue.facts_of(sample, track) if f.key in cited)
    changed = tmp_path / "c.jsonl"
    source = next(s for s in catalogue.sources(sample) if s.key == fact.source)
    line = {"kind": "fact", "track": track, "predicate": "tempo", "value": 71, "source": fact.source, "locator": fact.locator}
    changed.write_text(json.dumps({"kind": "source", **source.model_dump()}) + "\n" + json.dumps(line))
    assert ss.import_file(sample, changed, actor="ben").retracted >= 1
    assert ss.published(sample, track) is None


def test_the_first_name_stays_the_name_and_others_become_aliases(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    for name in ("Beyoncé", "Beyonce", "Beyoncé"):
        path.write_text(json.dumps({"kind": "entity", "key": "b", "type": "person", "name": name}))
        ss.import_file(store, path)
    found = catalogue.get_entity(store, "b")
    assert found.name == "Beyoncé" and {n.name for n in found.names} == {"Beyoncé", "Beyonce"}


# hostile files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"kind":"track","id":"x","id":"y","title":"t","artist":"a"}', "id: the key stands twice"),
        (b'{"kind":"track","id":"x","title":"Caf\xe9","artist":"a"}', "line: expected one JSON object (it is not in UTF-8; save the file as UTF-8)"),
        (b'{"kind":"track","id":"x","title":"t","artist":"a","length_ms":NaN}', "expected one JSON object"),
        (b"[" * 5_000, "expected one JSON object"),
        (b'{"a":' * 5_000, "expected one JSON object"),
        ('{"kind":"track","id":"x","title":"t","artist":"a"}'.encode("utf-16"), "expected one JSON object"),
        (b'{"kind":"track","id":"x","title":"t","ar', "expected one JSON object"),
        (b'{"kind":"track","id":"x","title":"' + b"t" * 2_000_000 + b'"}', "longer than"),
    ],
)
def test_a_hostile_line_is_one_line_and_the_good_rest_goes_in(store: Store, tmp_path: Path, line: bytes, says: str) -> None:
    good = b'{"kind":"track","id":"ok%d","title":"Ok","artist":"A"}'
    path = tmp_path / "h.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + good % 1 + b"\n" + line.replace(b"\n", b"") + b"\n" + good % 2 + b"\n")
    done = ss.import_file(store, path)
    assert done.added["track"] == 2 and len(done.rejected) == 1
    assert done.rejected[0].startswith("h.jsonl:2: ") and says in done.rejected[0] and len(done.rejected[0]) < 300


def test_a_zip_is_read_and_what_climbs_out_or_blows_up_is_named(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "d.zip"
    message = (DATA / "ddex/ern-432_made.xml").read_bytes()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.xml", message)
        archive.writestr("/abs.xml", message)
        archive.writestr("C:\\evil.xml", message)
        archive.writestr("bomb.xml", b"0" * 20_000_000)
        archive.writestr("good/message.xml", message)
        archive.writestr("notes.txt", b"hello")
    done = importing.import_ddex(store, [path])
    assert done.added["track"] == 2 and len(done.rejected) == 4
    assert sum("outside the archive" in r for r in done.rejected) == 3 and not (tmp_path.parent / "evil.xml").exists()


def test_a_cut_zip_and_a_gzip_bomb_are_named(store: Store, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml.gz"
    bomb.write_bytes(gzip.compress(b"<releases>" + b" " * 100_000_000))
    assert "times its size" in importing.import_discogs(store, [bomb]).rejected[0]
    cut = tmp_path / "cut.xml.gz"
    cut.write_bytes(gzip.compress((DATA / "discogs/releases.xml").read_bytes())[:2_000])
    assert "cut or damaged" in importing.import_discogs(store, [cut]).rejected[0]
    assert [p for p in archives.files(DATA / "ddex/ern-432_made.xml", ".xml")] == [DATA / "ddex/ern-432_made.xml"]


@pytest.mark.parametrize("body", [b"", b"not xml", b"<a/>", b'<?xml version="1.0" encoding="nope"?><a/>', b"<a><b></a>", b"\x00\x01"])
def test_what_is_no_message_is_named(store: Store, tmp_path: Path, body: bytes) -> None:
    (tmp_path / "m.xml").write_bytes(body)
    assert len(importing.import_ddex(store, [tmp_path / "m.xml"]).rejected) == 1


# the command line ----------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("SONGSTORY_STORE", f"sqlite:///{tmp_path / 'cli.db'}")
    settings.cache_clear()
    runner = CliRunner()
    runner.invoke(app, ["init"])
    yield lambda *words, **more: runner.invoke(app, [str(w) for w in words], **more)
    settings.cache_clear()


def test_each_door_has_a_command(run: object) -> None:
    for words in (
        ("musicbrainz", DATA / "musicbrainz/picard_recording.json"),
        ("wikidata", DATA / "wikidata/Q1299.json"),
        ("wikipedia", DATA / "wikipedia/articles.jsonl"),
        ("discogs", DATA / "discogs/releases.xml"),
        ("ddex", DATA / "ddex/ern-432_made.xml"),
    ):
        done = run("import", *words)  # type: ignore[operator]
        assert done.exit_code == 0 and "Added:" in done.output, done.output


def test_a_table_shows_its_mapping_and_asks(run: object, tmp_path: Path) -> None:
    path = tmp_path / "charts.csv"
    path.write_text("Song,Artist,Writers\nNight Bus,Ana Okafor,Ben Quill\n")
    refused = run("import", "files", path, input="n\n")  # type: ignore[operator]
    assert refused.exit_code == 1 and "writer" in refused.output and "Night Bus" in refused.output
    assert "1 track" in run("import", "files", path, input="y\n").output  # type: ignore[operator]
    assert json.loads(run("import", "files", path, "--json").stdout)["unchanged"] > 0  # type: ignore[operator]


def test_what_is_not_read_is_always_said(run: object, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("title,artist,Writer share,Mood\nNight Bus,Ana Okafor,50,blue\n")
    for words in (("-y",), ("--map", "title=title", "--map", "artist=artist")):
        said = " ".join(run("import", "files", path, *words).output.split())  # type: ignore[operator]
        assert "Not read: Writer share (shares of rights are confidential and never read); Mood (" in said
    assert "Not read" not in run("import", "files", path, "--json").stdout  # type: ignore[operator]


def test_the_order_of_day_and_month_is_asked_once_and_only_where_it_is_open(run: object, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("title,artist,Release date\nNight Bus,Ana Okafor,05/11/2021\n")
    refused = run("import", "files", path, "-y")  # type: ignore[operator]
    assert refused.exit_code == 1 and "--dates day-first or --dates month-first" in " ".join(str(refused.exception).split())
    asked = run("import", "files", path, input="y\ny\n")  # type: ignore[operator]
    assert asked.exit_code == 0 and "Release date" in asked.output and "'05/11/2021'" in asked.output
    assert run("import", "files", path, "--dates", "day-first", "-y").exit_code == 0  # type: ignore[operator]


def test_bad_records_end_with_exit_code_1_and_json_names_them_all(run: object, tmp_path: Path) -> None:
    shutil.copy(DATA / "musicbrainz/picard_recording_null.json", tmp_path / "x.json")
    done = run("import", "musicbrainz", tmp_path / "x.json", "--json")  # type: ignore[operator]
    assert done.exit_code == 1 and "expected the recording's MBID" in json.loads(done.stdout)["rejected"][0]


def test_without_a_contact_fetching_says_the_way_out(run: object) -> None:
    from songstory.errors import ConfigError

    done = run("import", "musicbrainz", "--isrc", "GBAHS1400099")  # type: ignore[operator]
    assert isinstance(done.exception, ConfigError) and "SONGSTORY_CONTACT" in str(done.exception)


def test_extract_prints_facts_with_their_quotes(run: object) -> None:
    found = json.loads(run("extract", DATA / "wikipedia/articles.jsonl", "--json").stdout)["facts"]  # type: ignore[operator]
    assert len(found) >= 25 and all(f["quote"] for f in found)


def test_extract_names_what_it_cannot_read(run: object, tmp_path: Path) -> None:
    for name, body in {"cut.json": '{"a":', "odd.json": "[]", "other.json": '{"title":"Ana","extract":"Ana is a singer."}'}.items():
        (tmp_path / name).write_text(body)
        done = run("extract", tmp_path / name)  # type: ignore[operator]
        assert done.exit_code == 1 and f"{name}:" in done.output


def test_matches_are_listed_and_placed(run: object, tmp_path: Path) -> None:
    assert "No record waits" in run("matches").output  # type: ignore[operator]
    done = run("match", "7", "--new", "--as", "ben")  # type: ignore[operator]
    assert done.exit_code == 1


def test_one_recording_is_fetched_from_the_web_service(store: Store) -> None:
    import httpx

    from songstory.sources import http

    answer = (DATA / "musicbrainz/picard_recording.json").read_bytes()
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.path)
        body = b'{"recordings":[{"id":"cb2cc207-8125-445c-9ef9-6ea44eee959a"}]}' if "isrc" in request.url.path else answer
        return httpx.Response(200, content=body, headers={"content-type": "application/json"})

    client = http.Client("a@b.org", transport=httpx.MockTransport(handler), resolve=lambda h, p: ["93.184.216.34"], sleep=lambda s: None)
    done = importing.import_track(store, client=client, isrc="GBAHS1400099")
    assert done.added["track"] == 1 and seen == ["/ws/2/isrc/GBAHS1400099", "/ws/2/recording/cb2cc207-8125-445c-9ef9-6ea44eee959a"]
    assert intake.Intake(added={}).passed == {}
