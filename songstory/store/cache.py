"""The cache of generations, the recipes, and the ledger of attempts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import orjson
from sqlmodel import Session, col, select

from songstory import prices
from songstory.models import Draft, Recipe, Usage, now
from songstory.store import Store
from songstory.store.stories import insert
from songstory.store.tables import AttemptRow, GenerationRow, RecipeRow


def recipe_id(store: Store, session: Session, recipe: Recipe) -> int:
    """Return the row id of `recipe`, written if it is new."""
    uid = "w-" + hashlib.sha256(orjson.dumps(recipe.model_dump(), option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    values = {"uid": uid, **recipe.model_dump()}
    session.execute(insert(store, RecipeRow.__table__).values(**values).on_conflict_do_nothing())  # type: ignore[attr-defined]
    return int(session.exec(select(RecipeRow.id).where(RecipeRow.uid == uid)).one() or 0)


def get_draft(store: Store, fingerprint: str) -> Draft | None:
    """Return the cached draft of this name, None when there is none."""
    with store.reading() as session:
        row = session.get(GenerationRow, fingerprint)
        return Draft.model_validate(row.draft) if row else None


def put_draft(store: Store, session: Session, fingerprint: str, recipe: int, draft: Draft) -> None:
    """Keep a complete draft under its name; a draft already there stays."""
    values = {"fingerprint": fingerprint, "recipe_id": recipe, "draft": draft.model_dump(mode="json"), "created_at": now()}
    session.execute(insert(store, GenerationRow.__table__).values(**values).on_conflict_do_nothing())  # type: ignore[attr-defined]


def note_attempt(
    store: Store, *, fingerprint: str, model: str, kind: str = "first", usage: Usage | None = None, stop_reason: str = "", error: str = ""
) -> None:
    """Write one row of the ledger, in a transaction of its own: a paid call is noted even when what follows fails."""
    used = usage or Usage()
    cost = prices.cost(model, used)
    with store.session() as session:
        session.add(
            AttemptRow(
                fingerprint=fingerprint,
                model=model,
                kind=kind,
                input_tokens=used.input_tokens,
                output_tokens=used.output_tokens,
                cache_read_tokens=used.cache_read_tokens,
                cache_write_tokens=used.cache_write_tokens,
                cost_usd=cost,
                request_id=used.request_id,
                stop_reason=stop_reason,
                error=error,
                at=now(),
            )
        )


def kept_drafts(store: Store, fingerprints: Iterable[str]) -> set[str]:
    """Return which of these names have a draft."""
    wanted, found = list(fingerprints), set()
    with store.reading() as session:
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            found |= set(session.exec(select(GenerationRow.fingerprint).where(col(GenerationRow.fingerprint).in_(part))))
    return found
