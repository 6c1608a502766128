"""The commands that bring facts in, and those that place what could not be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, TextColumn, TimeElapsedColumn

from songstory import decisions, extracting, importing, intake, witness
from songstory.cli_shared import AsOption, CommentOption, JsonOption, actor, counted, err, print_json, say, settings, store, table, warn
from songstory.errors import BadRecord, ConfigError
from songstory.ownership import spoken
from songstory.records import ColumnReport, Recording
from songstory.sources import files, http, wikipedia
from songstory.store import catalogue, finding
from songstory.trust import tier

imports = typer.Typer(no_args_is_help=True, help="Bring facts into the store, from files or from the public sources.")
Files = Annotated[list[Path] | None, typer.Argument(help="Files to load; leave out to fetch by identifier.")]
Known = Annotated[bool, typer.Option("--known-only", help="Enrich known tracks only; make none.")]
SHOWN = 20  # rejected records shown by name; all of them with --json


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(imports, name="import")
    app.command("matches")(list_matches)
    app.command("match")(decide_match)
    app.command("extract")(extract)
    app.command("sources")(list_sources)
    app.command("trust")(set_trust)


def client() -> http.Client:
    """Return the polite client of the settings. Raise ConfigError without a contact."""
    return http.Client(settings().contact, cache=settings().cache_dir, private=frozenset(settings().private_hosts))


def loading(as_name: str) -> str:
    """Return who loads: the name given, the one of the settings, or nobody, as when a timer loads."""
    return as_name or settings().actor


@contextmanager
def counting(quiet: bool, what: str = "records") -> Iterator[Callable[[int], None]]:
    """Show on stderr how many records were read."""
    with Progress(TextColumn(f"{{task.completed:,}} {what}"), TimeElapsedColumn(), console=err, disable=quiet) as progress:
        bar = progress.add_task(what, total=None)
        yield lambda read: progress.update(bar, completed=read)


def report(done: intake.Intake, as_json: bool) -> None:
    """Print what an import did; exit 1 when a record was left out."""
    if as_json:
        print_json(done)
    elif done.skipped:
        say(f"{done.skipped}; nothing to do.")
    else:
        new = ", ".join(counted(n, kind) for kind, n in done.added.items()) or "nothing new"
        say(f"Added: {new}. Already there: {done.unchanged:,}.")
        if done.retracted:
            say(f"{counted(done.retracted, 'fact')} no longer stated; they stopped standing.")
        if done.conflicts:
            say(f"{counted(done.conflicts, 'fact')} newly disputed between sources; see: songstory conflicts")
        if done.cases:
            say(f"{counted(done.cases, 'record')} may speak of a known track, and something speaks against it; see: songstory matches")
        say(*(f"{n:,} passed over: {why}" for why, n in done.passed.items()))
        if done.id:
            say(f"It is import {done.id}; take it back with: songstory import undo {done.id}")
        warn(*done.alerts)
        show_columns(done.columns)
    if not as_json and done.rejected:
        warn(*done.rejected[:SHOWN])
        if len(done.rejected) > SHOWN:
            warn(f"... and {len(done.rejected) - SHOWN:,} more left out; all of them with --json")
    if done.rejected:
        raise typer.Exit(1)


def show_columns(columns: Sequence[ColumnReport]) -> None:
    """Print what became of each column of a table, with up to three examples of what was left out."""
    if columns:
        rows = [(c.column, c.target or "not read", c.read or "", c.left_out or "", "; ".join(r.told for r in c.reasons)) for c in columns]
        table(("column", "says", "read", "left out", "why"), rows, "")


@imports.command("sample")
def import_sample(as_name: AsOption = "", as_json: JsonOption = False) -> None:
    """Load the bundled catalogue of real songs. Example: songstory import sample"""
    report(intake.import_sample(store(), actor=loading(as_name)), as_json)


@imports.command("musicbrainz")
def import_musicbrainz(
    paths: Files = None,
    isrc: Annotated[str, typer.Option(help="Fetch the recordings of an ISRC.")] = "",
    mbid: Annotated[str, typer.Option(help="Fetch one recording by its MBID.")] = "",
    search: Annotated[str, typer.Option(help="List the recordings of a title and an artist, to choose an MBID.")] = "",
    works: Annotated[Path | None, typer.Option(help="The work dump, to join the writers.")] = None,
    known: Known = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load MusicBrainz: answers of its web service, dumps, or what it answers now.

    \b
    Examples:
      songstory import musicbrainz --isrc GBAHS1400099
      songstory import musicbrainz --search "in da club 50 cent"
      songstory import musicbrainz recording --works work
    """
    if search:
        return _show_found(importing.search_musicbrainz(search, client()), as_json)
    opened = store()
    if not paths:
        return report(importing.import_track(opened, client=client(), actor=loading(as_name), isrc=isrc, mbid=mbid), as_json)
    with counting(as_json) as step:
        done = importing.import_musicbrainz(opened, paths, works=works, new_tracks=not known, progress=step, actor=loading(as_name))
    return report(done, as_json)


def _show_found(found: list[Recording], as_json: bool) -> None:
    if as_json:
        return print_json(found)
    rows = [(r.locator, r.title, r.artist_credit, f"{(r.length_ms or 0) // 1000} s" if r.length_ms else "", r.released) for r in found]
    table(("mbid", "title", "artist", "length", "first released"), rows, "MusicBrainz knows no such recording.")
    if found:
        say("", f"Load one with: songstory import musicbrainz --mbid {found[0].locator}")
    return None


@imports.command("wikidata")
def import_wikidata(
    paths: Files = None,
    item: Annotated[str, typer.Option("--item", help="Fetch one item, such as Q1299.")] = "",
    labels: Annotated[Path | None, typer.Option(help="A JSON object from item to label, for dumps.")] = None,
    known: Known = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load Wikidata. Example: songstory import wikidata --item Q193319; songstory import wikidata Q1299.json"""
    opened = store()
    if not paths:
        return report(importing.import_track(opened, client=client(), actor=loading(as_name), wikidata_id=item), as_json)
    with counting(as_json) as step:
        done = importing.import_wikidata(opened, paths, labels=labels, new_tracks=not known, progress=step, actor=loading(as_name))
    return report(done, as_json)


@imports.command("wikipedia")
def import_wikipedia(
    paths: Files = None,
    article: Annotated[str, typer.Option("--article", help="Fetch one article by its title.")] = "",
    known: Known = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load articles about songs. Example: songstory import wikipedia --article "Crazy in Love"; songstory import wikipedia pages.jsonl"""
    opened = store()
    if not paths:
        return report(importing.import_track(opened, client=client(), actor=loading(as_name), article=article), as_json)
    with counting(as_json) as step:
        done = importing.import_wikipedia(opened, paths, new_tracks=not known, progress=step, actor=loading(as_name))
    return report(done, as_json)


@imports.command("discogs")
def import_discogs(
    paths: Annotated[list[Path], typer.Argument(help="Dumps, packed or not.")],
    known: Known = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load Discogs dumps. Example: songstory import discogs discogs_20200806_releases.xml.gz --known-only"""
    opened = store()
    with counting(as_json) as step:
        done = importing.import_discogs(opened, paths, new_tracks=not known, progress=step, actor=loading(as_name))
    report(done, as_json)


@imports.command("ddex")
def import_ddex(
    paths: Annotated[list[Path], typer.Argument(help="Messages of ERN, MEAD or RIN, or ZIP deliveries of them.")],
    known: Known = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Load DDEX messages: ERN, and MEAD and RIN not validated. Example: songstory import ddex delivery.zip"""
    report(importing.import_ddex(store(), paths, new_tracks=not known, actor=loading(as_name)), as_json)


def list_matches(as_json: JsonOption = False) -> None:
    """List the records that wait for a person to say which track they speak of, with what speaks for and against each candidate.

    \b
    Example:
      songstory matches
    """
    cases = finding.open_cases(store())
    if as_json:
        return print_json(cases)
    rows = []
    for case in cases:
        says = "; ".join((case.title, case.artist_credit, *case.says))
        for n, match in enumerate(case.candidates):
            first = (case.id, says, case.source) if n == 0 else ("", "", "")
            rows.append((*first, match.track.id, "; ".join(match.agrees), "; ".join(match.differs)))
    table(("case", "record", "of", "could be", "agrees", "differs"), rows, "No record waits for a person.")
    if cases:
        say("", f"Decide one with: songstory match {cases[0].id} --track {cases[0].candidates[0].track.id} (or --new)")
    return None


def decide_match(
    case: Annotated[int, typer.Argument(help="A case, as `songstory matches` lists it.")],
    track: Annotated[str, typer.Option(help="The track it speaks of.")] = "",
    new: Annotated[bool, typer.Option("--new", help="None of them: make a track of its own.")] = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say which track a record speaks of, and load it. Example: songstory match 3 --track smooth-santana --as ben"""
    if bool(track) == new:
        raise typer.BadParameter("name the track with --track, or say --new")
    report(intake.decide_match(store(), case, "new" if new else track, actor=actor(as_name)), as_json)


def list_sources(as_json: JsonOption = False) -> None:
    """List who says what is in the store, and how far each is trusted. Example: songstory sources"""
    found = catalogue.sources(store())
    if as_json:
        return print_json([{**s.model_dump(), "tier": tier(s.trust)} for s in found])
    rows = [
        (s.key, s.name, s.trust, tier(s.trust), s.origin or s.independent_group or s.key, spoken(s.declared_by), s.licence) for s in found
    ]
    table(
        ("source", "name", "trust", "tier", "counts as", "of", "licence"),
        rows,
        "No sources yet. Load some facts with: songstory import sample",
    )
    return None


def set_trust(
    source: Annotated[str, typer.Argument(help="A source, as `songstory sources` lists it.")],
    trust: Annotated[int, typer.Argument(min=0, max=100, help="60 and up: trusted; below 40: not told alone.")],
    independent: Annotated[bool, typer.Option("--independent", help="It does not copy the others of its file.")] = False,
    as_name: AsOption = "",
    comment: CommentOption = "",
) -> None:
    """Say how far a source is trusted; the tracks it speaks of are looked at again. Example: songstory trust fan-wiki 20 --as ben"""
    touched = decisions.set_trust(store(), source, trust, actor=actor(as_name), comment=comment, independent=independent)
    say(f"{source} has a trust of {trust} ({tier(trust)}); {counted(touched, 'track')} to look at again.")


def extract(
    paths: Annotated[list[Path], typer.Argument(help="Articles: answers of Wikipedia, or JSON lines with title and text.")],
    reader: Annotated[str, typer.Option("--reader", help="patterns (no model), or anthropic (Claude reads too).")] = "patterns",
    keep: Annotated[bool, typer.Option("--import", help="Load what was found into the store.")] = False,
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Read typed facts out of articles, each with its exact quote. Example: songstory extract article.json --import"""
    bad: list[BadRecord] = []
    done = list(_extracted(paths, reader, bad))
    found: list[dict[str, Any]] = [
        {"article": d.recording.locator, "predicate": s.predicate, "value": s.value, "qualifiers": s.qualifiers, "quote": s.quote}
        for d in done
        for s in d.recording.statements
    ]
    dropped = sum((Counter(d.dropped) for d in done), Counter())
    if as_json:
        print_json({"facts": found, "dropped": dropped})
    else:
        qualified = ["; ".join(f"{k}={v}" for k, v in f["qualifiers"].items()) for f in found]
        rows = [(f["article"], f["predicate"], f["value"], more, f["quote"]) for f, more in zip(found, qualified, strict=True)]
        table(("article", "predicate", "value", "qualifiers", "quote"), rows, "No plain fact was found.")
        say("", counted(len(found), "fact"), *(f"{n} dropped: {why}" for why, n in dropped.items()))
    if keep:
        found_in = (d.recording for d in done)
        report(intake.import_records(store(), wikipedia.SOURCE, found_in, actor=loading(as_name), read_from=witness.hashes(paths)), as_json)
    warn(*bad)
    if bad:
        raise typer.Exit(1)


def _extracted(paths: list[Path], reader: str, bad: list[BadRecord]) -> Iterator[extracting.Extraction]:
    """Yield what the articles about songs say; what is no article, or about something else, is put among the bad."""
    if reader not in {"patterns", "anthropic"}:
        raise ConfigError(f"no reader {reader!r}; choose patterns or anthropic")
    model = None
    if reader == "anthropic":
        from songstory.writers.anthropic import Claude

        key, chosen = settings().anthropic_api_key, settings()
        model = Claude(api_key=key.get_secret_value() if key else None, model=chosen.model, base_url=chosen.anthropic_base_url or None)
    for path in paths:
        for number, value in files.documents(path):
            articles = list(wikipedia.articles(value))
            for article in articles:
                if found := extracting.extract(article, model):
                    yield found
                else:
                    bad.append(BadRecord(path.name, number, f"{article.title}: not about a song, single or composition; passed over"))
            if isinstance(value, BadRecord):
                bad.append(value)
            elif not articles:
                bad.append(BadRecord(path.name, number, "line: expected an article of Wikipedia, found none with text"))
