"""Plans a night for many machines: one transaction writes its items, its slices and the jobs that hand them out."""

from __future__ import annotations

from sqlalchemy import text

from songstory import calls, generation, grounding, rechecking
from songstory.errors import ConfigError
from songstory.nightly import Night
from songstory.store import Store, nights, people, runs, sent, slices
from songstory.store.cache import recipe_name
from songstory.work import Run, Terms

SIZES = {"local": 1_000, "live": 1_000, "batch": 30_000}  # tracks in a slice: a few minutes of calls, or one message batch
_LOCK = 0x50E6_70B5


def ready(store: Store) -> None:
    """Make sure that the store can be worked on by many machines: PostgreSQL, and the tables of Procrastinate. Raise ConfigError."""
    if store.dialect != "postgresql":
        raise ConfigError("many machines need one PostgreSQL; set SONGSTORY_STORE=postgresql://user@host/name, or leave --cluster away")
    try:
        from procrastinate.schema import SchemaManager
    except ModuleNotFoundError as error:
        raise ConfigError('the cluster engine is missing; install it with: pip install "songstory[cluster]"') from error
    with store.session() as session:
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if session.connection().execute(text("SELECT to_regclass('procrastinate_jobs')")).scalar_one() is None:
            session.connection().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


def terms(night: Night) -> Terms:
    """Return what every worker on this night must hold to."""
    recipe = recipe_name(generation.recipe(night.writer))
    return Terms(recipe=recipe, verifier=grounding.VERIFIER, language=night.language, market=night.market, limits=night.limits)


def hand_out(night: Night, *, size: int = 0, limit: int = 0) -> Run:
    """Plan a night in slices of `size` tracks and hand them to the workers. A night that was stopped is taken up where it stood.

    Return the run; it is over when its slices are. Raise RunInProgress while another night runs, ConfigError.
    """
    store = night.store
    calls.affordable(night.writer.model, {} if night.mode == "local" else night.limits)
    ready(store)
    with nights.only_one(store):
        generation.allowed(store, people.NIGHT)
        night.run = nights.open_night(store, night.writer.model, night.mode)
        if night.mode != "batch" and any(sent.batches(store, night.run, s) for s in ("intent", "submitted")):
            nights.close_night(store, night.run, "stopped", "its batches are out")
            raise ConfigError("this night has batches out; finish it in batch mode: songstory nightly --cluster")
        rechecking.nightly(store)
        slices.plan(store, night.run, terms(night), night.recipe(), size=size or SIZES[night.mode], limit=limit)
    return runs.get_run(store, night.run)
