"""The commands of review: the queue, the acts, revisions beside each other, facts a person decides on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from songstory import comparing, decisions, editing, review, undoing
from songstory.cli_shared import AsOption, CommentOption, JsonOption, PageOption, actor, print_json, say, settings, store, table
from songstory.cli_writing import show_revision
from songstory.models import Story
from songstory.store import disputes, stories
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


def add_to(app: typer.Typer) -> None:
    """Put the commands of this module on `app`."""
    for name, (act, text) in _ACTS.items():
        app.command(name, help=f"{text} Example: songstory {name} west-end-girls.1 --as ben")(_command(act))
    for command in (queue, show, compare, revert, undo, conflicts, resolve_conflict, retract, clear_flag, clear_blame, add_fact):
        app.command(command.__name__.replace("_", "-"))(command)


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
    left = disputes.withheld(store(), {s.track for s in found.items})
    rows = [
        (
            s.latest_revision,
            s.title,
            s.artist_credit,
            s.status.replace("_", " "),
            f"{s.sentences - s.problems}/{s.sentences}",
            "stale" if s.stale_since else "",
            ", ".join(PREDICATES[p].title.lower() for p in left.get(s.track, ()) if p in PREDICATES),
            s.author,
        )
        for s in found.items
    ]
    heads = ("revision", "title", "artist", "status", "supported", "", "left out, disputed", "by")
    table(
        heads, rows, "No stories here. Make some with: songstory generate --all"
    )
    if found.total > found.size:
        say(f"Page {page} of {-(-found.total // found.size)}; {found.total} stories.")
    return None


def show(revision: Annotated[str, typer.Argument(help="A revision, or a track for its newest.")], as_json: JsonOption = False) -> None:
    """Print a story as it reads, with its problems. Example: songstory show west-end-girls"""

    found = stories.get_revision(store(), revision)
    if as_json:
        return print_json(found)
    show_revision(found)
    return None


def compare(
    old: Annotated[str, typer.Argument(help="A revision, as TRACK.NUMBER.")],
    new: Annotated[str, typer.Argument(help="Another revision of the same story.")],
    as_json: JsonOption = False,
) -> None:
    """Show what changed between two revisions, and which support. Example: songstory compare west-end-girls.1 west-end-girls.2"""
    found = comparing.compare(stories.get_revision(store(), old), stories.get_revision(store(), new))
    if as_json:
        return print_json(found)
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    rows = [
        (line.card, "".join(marks[p.kind].format(p.text) for p in line.pieces), _support(line.before), _support(line.after))
        for line in found.lines
        if line.changed
    ]
    table(("card", "words", "was", "is"), rows, "No sentence differs.")
    say(f"{found.share:.0%} of the words differ; support gained {found.gained}, lost {found.lost}.")
    return None


def _support(supported: bool | None) -> str:
    return {None: "", True: "supported", False: "not supported"}[supported]


def revert(
    revision: RevisionArgument,
    to: Annotated[str, typer.Argument(help="The revision whose text is brought back.")],
    as_name: AsOption = "",
    comment: CommentOption = "",
) -> None:
    """Bring an old text back as a new revision. Example: songstory revert west-end-girls.3 west-end-girls.1 --as mara"""
    new = editing.revert(store(), revision, to, actor=actor(as_name), comment=comment)
    say(f"Saved as {new.id}; {len(new.problems)} of {len(new.verdicts)} sentences and headlines with problems.")


def undo(story: Annotated[str, typer.Argument(help="A story, by its track.")], as_name: AsOption = "") -> None:
    """Take back your last act on a story. Example: songstory undo west-end-girls --as ben"""
    found = undoing.undo(store(), story, actor=actor(as_name))
    say(f"Undone; {found.id} is {found.status.replace('_', ' ')}.")


def conflicts(as_json: JsonOption = False) -> None:
    """List the facts that sources dispute. Example: songstory conflicts"""
    found = disputes.conflicts(store())
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


def clear_blame(
    track: Annotated[str, typer.Argument(help="The id of a track.")],
    first: FactArgument,
    second: Annotated[str, typer.Argument(help="The fact beside which it may stand.")],
    comment: CommentOption,
    as_name: AsOption = "",
) -> None:
    """Let two facts stand on one card, though together they accuse somebody. Example: songstory clear-blame TRACK f-01 f-02 --as cleo"""
    decisions.clear_blame(store(), track, first, second, actor=actor(as_name), comment=comment)
    say(f"{first} may stand beside {second} on a card of {track}.")


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
