"""The commands of review: the queue, the acts, facts a person decides on, people, the audit log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from songstory import authority, decisions, review
from songstory.cli_shared import AsOption, CommentOption, JsonOption, PageOption, actor, print_json, say, settings, store, table, warn
from songstory.models import Story
from songstory.store import catalogue, people, stories
from songstory.store import queue as waiting
from songstory.vocabulary import PREDICATES

RevisionArgument = Annotated[str, typer.Argument(help="The revision that was read, as TRACK.NUMBER.")]
FactArgument = Annotated[str, typer.Argument(help="The key of a fact, as `songstory facts` lists it.")]
_ACTS: dict[str, tuple[Callable[..., Story], str]] = {
    "submit": (review.submit, "Hand a draft in for review."),
    "request-changes": (review.request_changes, "Send a text back to its writer."),
    "approve": (review.approve, "Approve the text that was read."),
    "publish": (review.publish, "Make an approved text live."),
    "discard": (review.discard, "Drop a story that was never live; --comment says why."),
    "withdraw": (review.withdraw, "Take the live revision down."),
    "reopen": (review.reopen, "Bring a withdrawn or discarded story back as a draft."),
}
people_app = typer.Typer(invoke_without_command=True, help="Who works here, and with which role.")
audit_app = typer.Typer(invoke_without_command=True, help="The audit log.")


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on `app`."""
    for name, (act, text) in _ACTS.items():
        app.command(name, help=f"{text} Example: songstory {name} west-end-girls.1 --as ben")(_command(act))
    for command in (queue, show, conflicts, resolve_conflict, retract, clear_flag, add_fact):
        app.command(command.__name__.replace("_", "-"))(command)
    app.add_typer(people_app, name="people")
    app.add_typer(audit_app, name="audit")


def _command(act: Callable[..., Story]) -> Callable[..., None]:
    def command(revision: RevisionArgument, as_name: AsOption = "", comment: CommentOption = "", as_json: JsonOption = False) -> None:
        solo = {"solo": settings().solo} if act is review.approve else {}
        story = act(store(), revision, actor=actor(as_name), comment=comment, **solo)
        if as_json:
            print_json(story)
        else:
            say(f"{revision} is {story.status.replace('_', ' ')}.")

    return command


def queue(
    status: Annotated[str, typer.Option(help="Keep one status, such as in_review.")] = "",
    search: Annotated[str, typer.Option(help="Look in title and artist.")] = "",
    problems: Annotated[bool | None, typer.Option(help="Only stories with (or without) problems.")] = None,
    sort: Annotated[str, typer.Option(help="risk, newest or title.")] = "risk",
    page: PageOption = 1,
    as_json: JsonOption = False,
) -> None:
    """List the stories and where they stand. Example: songstory queue --status in_review"""
    found = waiting.list_stories(store(), status=status, search=search, problems=problems, sort=sort, page=page)
    if as_json:
        return print_json(found)
    rows = [
        (
            s.latest_revision,
            s.title,
            s.artist_credit,
            s.status.replace("_", " "),
            f"{s.sentences - s.problems}/{s.sentences}",
            "stale" if s.stale_since else "",
            s.author,
        )
        for s in found.items
    ]
    table(
        ("revision", "title", "artist", "status", "supported", "", "by"), rows, "No stories here. Make some with: songstory generate --all"
    )
    if found.total > found.size:
        say(f"Page {page} of {-(-found.total // found.size)}; {found.total} stories.")
    return None


def show(revision: Annotated[str, typer.Argument(help="A revision, or a track for its newest.")], as_json: JsonOption = False) -> None:
    """Print a story as it reads, with its problems. Example: songstory show west-end-girls"""
    from songstory.cli import show_revision

    found = stories.get_revision(store(), revision)
    if as_json:
        return print_json(found)
    show_revision(found)
    return None


def conflicts(as_json: JsonOption = False) -> None:
    """List the facts that sources dispute. Example: songstory conflicts"""
    found = catalogue.conflicts(store())
    if as_json:
        return print_json([{"track": t, "predicate": p, "facts": f} for t, p, f in found])
    rows = [(track, predicate, f.key, f.value, f"{f.source_name}: {f.locator}") for track, predicate, facts in found for f in facts]
    table(("track", "predicate", "key", "value", "source"), rows, "No conflicts.")
    return None


def resolve_conflict(fact: FactArgument, as_name: AsOption = "", comment: CommentOption = "") -> None:
    """Decide a conflict for a fact; the others stay disputed. Example: songstory resolve-conflict FACT --as ben -m "sleeve seen" """
    decisions.resolve_conflict(store(), fact, actor=actor(as_name), comment=comment)
    say(f"{fact} stands undisputed.")


def retract(
    fact: FactArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_name: AsOption = "",
    comment: CommentOption = "",
) -> None:
    """Let a fact stop standing; live stories that cite it are pulled. Example: songstory retract FACT --as ben -m "withdrawn" """
    opened = store()
    touched = stories.stories_touched(opened, fact)
    cited = [f"{track} ({status.replace('_', ' ')}) cites it." for track, _, status in touched]
    say(*(cited or ["No story cites it."]))
    if touched and not yes:
        typer.confirm("Retract it?", abort=True)
    pulled = decisions.retract(opened, fact, actor=actor(as_name), comment=comment)
    say(f"{fact} is retracted; {len(pulled)} stor{'y' if len(pulled) == 1 else 'ies'} marked or pulled.")


def clear_flag(
    fact: FactArgument, flag: Annotated[str, typer.Argument(help="Which flag.")], as_name: AsOption = "", comment: CommentOption = ""
) -> None:
    """Take a flag off a fact. Example: songstory clear-flag f-0123456789abcdef sensitive --as ben"""
    decisions.clear_flag(store(), fact, flag, actor=actor(as_name), comment=comment)
    say(f"{fact} no longer carries {flag}.")


def add_fact(
    track: Annotated[str, typer.Argument(help="The id of a track.")],
    predicate: Annotated[str, typer.Argument(help="A predicate of the vocabulary.")],
    value: Annotated[str, typer.Argument(help="What is said.")],
    source: Annotated[str, typer.Option(help="Where it stands: a page, a letter, an interview.")],
    qualifier: Annotated[list[str] | None, typer.Option("--qualifier", "-q", help="NAME=VALUE, may be repeated.")] = None,
    quote: Annotated[str, typer.Option(help="The words it rests on.")] = "",
    as_name: AsOption = "",
    as_json: JsonOption = False,
) -> None:
    """Add a house fact. Example: songstory add-fact hey-jude recorded_at "Trident Studios" --source "session sheet" --as ben"""
    pairs: dict[str, str | int | float] = {}
    for pair in qualifier or []:
        name, sign, text = pair.partition("=")
        if not sign:
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--qualifier")
        pairs[name] = int(text) if text.isdecimal() and name in {"weeks", "weeks_total"} else text
    known = PREDICATES.get(predicate)
    given: str | int | float = value
    if known is not None and known.value in {"number", "ordinal", "seconds"}:
        given = float(value) if value.replace(".", "", 1).isdecimal() else value
    fact = decisions.add_fact(store(), track, predicate, given, actor=actor(as_name), locator=source, quote=quote, qualifiers=pairs)
    if as_json:
        return print_json(fact)
    say(f"{fact.key}: {fact.predicate} {fact.value}")
    return None


@people_app.callback()
def list_people(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the people, or add one. Example: songstory people"""
    if context.invoked_subcommand is not None:
        return
    found = people.list_people(store())
    if as_json:
        print_json(found)
        return
    table(
        ("name", "role", "kind", ""),
        [(p.name, p.role, p.kind, "disabled" if p.disabled else "") for p in found],
        "Nobody yet. Add the first with: songstory people add ada --role admin",
    )


@people_app.command("add")
def add_person(
    name: Annotated[str, typer.Argument(help="The name used in --as.")],
    role: Annotated[str, typer.Option(help="writer, editor, publisher or admin.")],
    as_name: AsOption = "",
) -> None:
    """Add a person, or give them another role. Example: songstory people add ben --role editor --as ada"""
    person = authority.add_person(store(), name, role, actor=as_name or settings().actor)
    say(f"{person.name} is {person.role}.")


@audit_app.callback()
def show_audit(
    context: typer.Context,
    about: Annotated[str, typer.Option("--object", help="Keep one revision, fact or person.")] = "",
    page: PageOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Show the audit log, the newest first. Example: songstory audit --object west-end-girls.1"""
    if context.invoked_subcommand is not None:
        return
    found = people.events(store(), object_=about, page=page)
    if as_json:
        print_json(found)
        return
    rows: list[tuple[Any, ...]] = [(e.seq, f"{e.at:%Y-%m-%d %H:%M:%S}", e.actor, e.action, e.object, e.comment) for e in found.items]
    table(("#", "when (UTC)", "who", "act", "what", "comment"), rows, "The audit log is empty.")


@audit_app.command("verify")
def verify(head: Annotated[str, typer.Option(help="A head kept elsewhere, as in an export's manifest.")] = "") -> None:
    """Check the audit log from its first row. Example: songstory audit verify --head HASH"""
    count, last = people.verify_chain(store(), head=head)
    say(f"{count} events, none changed or missing. Head: {last}")
    if not head:
        warn("A cut tail shows only against a head kept elsewhere; each export's manifest.json holds one.")
