"""One call of a writer: paid for from a purse, noted in the ledger whatever becomes of it, and sent back once where it fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from songstory import grounding, prices, telemetry
from songstory.errors import BudgetSpent, ConfigError, WriterError
from songstory.models import Brief, Draft, Task, Verdict
from songstory.store import Store, ledger
from songstory.work import Attempt, Purse, Try
from songstory.writers import Writer

COMPLETE = "end_turn"  # the only stop reason whose text is whole


def ask(store: Store, writer: Writer, task: Task, name: str, kind: str, purse: Purse) -> Draft:
    """Ask the writer once and return its whole answer, within the limits of `purse`. Raise WriterError, BudgetSpent, ConfigError.

    The most it may cost is set aside before, and every try that may be paid for is noted, whatever becomes of it; if this process
    is killed meanwhile, what was set aside is counted.
    """
    if writer.author_kind != "model":
        return _whole(writer.write(task))
    most, trace = _most(writer, task), telemetry.ids()[0]
    affordable(writer.model, purse.limits)
    usd = prices.reserved(writer.model, most) or 0.0
    held = ledger.reserve(store, purse.run, usd, purse.limits, what=f"{kind}:{name}", model=writer.model)

    def note(tries: Sequence[Try]) -> None:
        rows = [
            Attempt(
                name=name, kind=kind, model=t.model or writer.model, asked=writer.model, most=most, usage=t.usage,
                stop_reason=t.stop_reason, error=t.error, paid=t.paid, trace=trace,
            )
            for t in tries
        ]  # fmt: skip
        ledger.pay(store, held, rows, run=purse.run)

    try:
        with telemetry.span("write", generation=name, kind=kind):
            draft = writer.write(task)
    except WriterError as error:
        note(error.tries or (Try(error=str(error), paid=error.paid),))
        raise
    note(draft.tries or (Try(model=draft.model, usage=draft.usage, stop_reason=draft.stop_reason),))
    return _whole(draft)


def _most(writer: Writer, task: Task) -> prices.Most:
    request: Callable[[Task], dict[str, Any]] | None = getattr(writer, "request", None)
    return prices.most(request(task)) if request else prices.MOST


def affordable(model: str, limits: Mapping[str, float]) -> None:
    """Raise ConfigError where limits are set and the price of the model is unknown: no budget could be kept."""
    if limits and prices.of(model) is None:
        raise ConfigError(f"the price of {model!r} is unknown, so no budget can be kept; add it to prices.json or take the budget away")


def _whole(draft: Draft) -> Draft:
    if draft.stop_reason != COMPLETE:
        raise WriterError(f"the writer stopped early ({draft.stop_reason}); nothing was kept; try again")
    return draft


def mend(
    store: Store, writer: Writer, task: Task, draft: Draft, verdicts: tuple[Verdict, ...], name: str, purse: Purse
) -> tuple[Draft, tuple[Verdict, ...]]:
    """Send what fails back to the writer once, and return the better text with its verdicts."""
    if not (again := repair_task(task, draft, verdicts)):
        return draft, verdicts
    try:
        second = ask(store, writer, again, name, "repair", purse)
    except (WriterError, BudgetSpent):  # what was paid for is kept as it is
        return draft, verdicts
    return better(draft, verdicts, second, task.brief)


def repair_task(task: Task, draft: Draft, verdicts: Sequence[Verdict]) -> Task | None:
    """Return the task of mending what failed, None when nothing did."""
    repairs = grounding.repairs(draft, verdicts)
    return task.model_copy(update={"base_cards": draft.cards, "repairs": repairs}) if repairs else None


def better(draft: Draft, verdicts: tuple[Verdict, ...], second: Draft, brief: Brief) -> tuple[Draft, tuple[Verdict, ...]]:
    """Return the mended draft with its verdicts, or the first where the second is no better."""
    mended = grounding.check(second, brief)
    failed = sum(not v.supported for v in verdicts)
    return (second, mended) if second.cards and sum(not v.supported for v in mended) <= failed else (draft, verdicts)
