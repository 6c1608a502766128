"""The command that serves the read API."""

from __future__ import annotations

import os
from typing import Annotated, Any

import typer

from songstory import serving
from songstory.cli_shared import err, settings, store
from songstory.errors import ConfigError

_MAX_AGE = "SONGSTORY_SERVE_MAX_AGE"  # handed to the processes that serve


def add_to(app: typer.Typer) -> None:
    """Put this command on the command line."""
    app.command("serve")(serve)


def serve(
    host: Annotated[str, typer.Option(help="Where to listen; 127.0.0.1 is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port.")] = 8600,
    processes: Annotated[int, typer.Option(min=1, help="Processes that answer; about one a core.")] = 1,
    max_age: Annotated[int, typer.Option(min=0, help="Seconds a cache may answer by itself, withdrawn stories included.")] = 0,
) -> None:
    """Serve what is published over HTTP, read only: /stories/TRACK?language=de&market=DE, /healthz, /readyz.

    \b
    Examples:
      songstory serve
      songstory serve --host 0.0.0.0 --processes 4 --max-age 60
    """
    try:
        import uvicorn

        from songstory.sockets import Limited
    except ModuleNotFoundError as error:
        raise ConfigError('the server is missing; install it with: pip install "songstory[serve]"') from error
    store()  # a store that is missing or too new is said here, in one line
    os.environ[_MAX_AGE] = str(max_age)
    if host not in {"127.0.0.1", "::1", "localhost"}:
        err.print(f"Listening on {host}: whoever reaches this machine can read what is published.")
    err.print(f"Serving on http://{host}:{port}/stories/TRACK; Ctrl-C ends it.")
    uvicorn.run(
        "songstory.cli_serving:application", factory=True, host=host, port=port, workers=processes, access_log=False, log_level="warning",
        server_header=False, timeout_graceful_shutdown=10, http=Limited, ws="none",
    )  # fmt: skip


def application() -> Any:
    """Return the read API over the store of the settings; each process that serves makes its own."""
    return serving.make_app(store(), language=settings().language, max_age=int(os.environ.get(_MAX_AGE, "0")))
