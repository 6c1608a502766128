"""The commands of the house: people and their sign-ins, switches, budgets, the audit log."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from songstory import authority, erasing, publishing
from songstory.cli_shared import (
    AsOption,
    CommentOption,
    JsonOption,
    PageOption,
    actor,
    audit_key,
    counted,
    print_json,
    say,
    settings,
    store,
    table,
    warn,
)
from songstory.errors import AuditBroken, StoreError
from songstory.store import ledger, people, rules
from songstory.store.heads import load_key

NameArgument = Annotated[str, typer.Argument(help="The name of a person, as `songstory people` lists it.")]
people_app = typer.Typer(invoke_without_command=True, help="Who works here, and with which role.")
audit_app = typer.Typer(invoke_without_command=True, help="The audit log.")


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("switch")(switch)
    app.command("budget")(budget)
    app.command("policy")(policy)
    app.command("recheck")(recheck)
    app.command("erase")(erase)
    app.add_typer(people_app, name="people")
    app.add_typer(audit_app, name="audit")


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
    iss: Annotated[str, typer.Option(help="The issuer their sign-in provider tells; the dashboard knows them by it.")] = "",
    sub: Annotated[str, typer.Option(help="The subject their sign-in provider tells.")] = "",
    as_name: AsOption = "",
) -> None:
    """Add a person, or give them another role. Example: songstory people add ben --role editor --as ada"""
    person = authority.add_person(store(), name, role, actor=as_name or settings().actor, iss=iss, sub=sub)
    say(f"{person.name} is {person.role}.")


@people_app.command("disable")
def disable(name: NameArgument, as_name: AsOption = "", comment: CommentOption = "") -> None:
    """Keep a person out. Example: songstory people disable ben --as ada -m "left the team" """
    authority.disable(store(), name, actor=actor(as_name), comment=comment)
    say(f"{name} is kept out.")


@people_app.command("enable")
def enable(name: NameArgument, as_name: AsOption = "", comment: CommentOption = "") -> None:
    """Let a disabled person in again. Example: songstory people enable ben --as ada"""
    authority.enable(store(), name, actor=actor(as_name), comment=comment)
    say(f"{name} may come in again.")


@people_app.command("sign-out")
def sign_out(name: NameArgument, as_name: AsOption = "") -> None:
    """Sign a person out of the dashboard everywhere. Example: songstory people sign-out ben --as ada"""
    authority.end_sessions(store(), name, actor=actor(as_name))
    say(f"{name} is signed out everywhere.")


def switch(
    name: Annotated[str, typer.Argument(help="generation or publishing; leave out to see both.")] = "",
    state: Annotated[str, typer.Argument(help="on or off.")] = "",
    as_name: AsOption = "",
    comment: CommentOption = "",
    as_json: JsonOption = False,
) -> None:
    """Stop generation or publishing for the whole house, or let it go on. Example: songstory switch publishing off --as ada -m "legal" """
    if name:
        if state not in {"on", "off"}:
            raise typer.BadParameter(f"say on or off, not {state!r}")
        authority.switch(store(), name, state == "on", actor=actor(as_name), comment=comment)
    found = rules.read(store())
    if as_json:
        return print_json([found[s] for s in rules.SWITCHES])
    table(("switch", "", "by", "why"), [(s, "on" if found[s].on else "off", found[s].actor, found[s].comment) for s in rules.SWITCHES], "")
    return None


def budget(
    period: Annotated[str, typer.Argument(help="run, day or month; leave out to see all.")] = "",
    usd: Annotated[float | None, typer.Argument(min=0.0, help="USD; leave out to go back to the environment.")] = None,
    as_name: AsOption = "",
    comment: CommentOption = "",
    as_json: JsonOption = False,
) -> None:
    """Set what may be spent. What is set here goes before the environment. Example: songstory budget day 20 --as ada"""
    if period:
        authority.set_budget(store(), period, usd, actor=actor(as_name), comment=comment)
    found = [rules.read(store())[f"budget_{b}"] for b in rules.BUDGETS]
    if as_json:
        return print_json(found)
    rows = [(r.name.removeprefix("budget_"), "as the environment says" if r.usd is None else ledger.told(r.usd), r.actor) for r in found]
    table(("budget", "", "by"), rows, "")
    return None


def policy(
    days: Annotated[int | None, typer.Argument(min=0, help="Days; leave out to see what holds.")] = None,
    usual: Annotated[bool, typer.Option("--usual", help="Go back to the usual days.")] = False,
    as_name: AsOption = "",
    comment: CommentOption = "",
    as_json: JsonOption = False,
) -> None:
    """Set how long a live story stays up that today's rules refuse. Example: songstory policy 7 --as ada"""
    if days is not None and usual:
        raise typer.BadParameter("say how many days, or --usual")
    if days is not None or usual:
        authority.set_stale_days(store(), None if usual else days, actor=actor(as_name), comment=comment)
    found = rules.stale_days(store())
    if as_json:
        return print_json({"stale_days": found})
    say(f"A live story that today's rules refuse stays up for {found} days; then the night pulls it.")
    return None


def recheck(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and change nothing.")] = False, as_json: JsonOption = False
) -> None:
    """Ask today's rules about every fact and live story, as the first night after an upgrade does. Example: songstory recheck --dry-run"""
    from songstory import rechecking

    def told(step: str, done: int, total: int) -> None:
        if not as_json and (done >= total or done % 20_000 == 0):
            warn(f"{done:,} of {total:,} {step}")

    found = rechecking.recheck(store(), dry_run=dry_run, progress=told)
    if as_json:
        return print_json(found)
    flags = ", ".join(f"{count:,} {flag}" for flag, count in sorted(found.flagged.items())) or "none"
    would = "would be " if dry_run else ""
    say(
        f"By {found.rules}: {found.facts:,} facts screened, flags {would}set: {flags}.",
        f"{found.stories:,} live stories asked: {found.pulled:,} {would}pulled, {found.stale:,} {would}stale.",
    )
    rows = [(f.revision, "pulled" if f.pulled else "stale", f.why) for f in (*found.pulled_stories, *found.stale_stories[:25])]
    table(("live revision", "", "why"), rows, "All that is live passes.")
    return None


def erase(
    fact: Annotated[str, typer.Option(help="The key of a fact, as songstory facts shows it.")] = "",
    person: Annotated[str, typer.Option(help="A name, or the id of an entity.")] = "",
    passage: Annotated[str, typer.Option(help="The id or hash of a passage, or the key of a fact that rests on it.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count only; change nothing.")] = False,
    as_name: AsOption = "",
    comment: CommentOption = "",
    as_json: JsonOption = False,
) -> None:
    """Take words out of the house for good: facts, texts, drafts, comments; what cites them is withdrawn.

    \b
    Example:
      songstory erase --person "Ines Vale" --as ada -m "asked for by letter" --dry-run
    """
    opened, folder = store(), settings().export_dir
    done = erasing.erase(
        opened, actor=actor(as_name), comment=comment, fact=fact, person=person, passage=passage, dry=dry_run, cache=settings().cache_dir
    )
    exported = not dry_run and (folder / "manifest.json").is_file()
    if exported:
        publishing.export(opened, folder)
    if as_json:
        return print_json(done)
    rows = ", ".join(counted(n, table.replace("_", " ")) for table, n in sorted(done.rows.items())) or "no row"
    did, went = ("Would erase", "stand in") if dry_run else ("Erased", "went from")
    say(f"{did} {counted(len(done.facts), 'fact')}; words {went} {rows}.")
    say(*(f"{uid}: withdrawn" if uid in done.withdrawn else f"{uid}: stale" for uid in sorted({*done.stories, *done.withdrawn})))
    if not done.rows and not fact:
        say("Nothing here holds these words: see whether they are written so.")
        say(*([] if dry_run else ["An import leaves them out from now on."]))
    elif done.rows and not dry_run:
        say(f"{folder} was exported again." if exported else "The next export takes it out of the files.")
    say(*(f"A backup holds it still; destroy it, or erase again after a restore: {b}" for b in done.backups))
    if done.rows:
        say("Backups taken without songstory backup, or before it kept them in the audit log, are not known here.")
    warn(*done.left)
    return None


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
    table(("#", "when (UTC)", "who", "act", "what", "comment"), rows, "No event here." if about or page > 1 else "The audit log is empty.")


@audit_app.command("verify")
def verify(
    head: Annotated[list[str] | None, typer.Option(help="A head kept elsewhere: NUMBER:HASH, or the hash alone. Repeatable.")] = None,
    kept: Annotated[list[Path] | None, typer.Option("--heads", help="A file of heads, or an export's manifest.json. Repeatable.")] = None,
    key: Annotated[Path | None, typer.Option("--key", help="The house's public key, where the file is signed.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the audit log from its first row and against heads kept elsewhere; exit 1 with what is wrong and where it begins.

    \b
    Examples:
      songstory audit verify
      songstory audit verify --heads stories/manifest.json
      songstory audit verify --heads /mnt/elsewhere/songs.heads --key audit.pub
    """
    opened = store()
    files = list(kept or [])
    if not files and opened.heads and opened.heads.path.exists():
        files = [opened.heads.path]
    try:
        proof = authority.prove(opened, files, head or [], key=load_key(file=key) if key else audit_key())
    except AuditBroken as error:
        if as_json:
            print_json({"ok": False, "what": error.kind, "first_bad": error.seq, "detail": str(error)})
            raise typer.Exit(1) from None
        raise
    if not files and proof.events and (named := settings().audit_heads):
        raise StoreError(f"{named}, which SONGSTORY_AUDIT_HEADS names, is not there; bring it back, or begin it with: songstory audit head")
    if as_json:
        return print_json({"ok": True, **asdict(proof)})
    agree = f"{counted(proof.heads, 'head')} {'agrees' if proof.heads == 1 else 'agree'}"
    say(f"{proof.events} events, none changed or missing; {agree}. Head: {proof.head}")
    if proof.others:
        warn(f"{counted(proof.others, 'head')} of another store in these files; they prove nothing of this one.")
    warn(*(f"{line}: no head stands here (a line that was cut, or changed); the other lines were checked" for line in proof.broken))
    if not proof.heads:
        warn("A cut tail shows only against a head kept elsewhere; set SONGSTORY_AUDIT_HEADS, or give an export's manifest.json.")
    return None


@audit_app.command("head")
def show_head(as_json: JsonOption = False) -> None:
    """Append the head of the audit log to the file of heads now, and print it. Example: songstory audit head"""
    head = authority.keep_head(store())
    if as_json:
        return print_json(head)
    say(f"{head.seq}:{head.hash}")
    return None
