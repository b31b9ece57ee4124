"""/livez: the process works. /readyz: it can serve."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import JSONResponse

log = logging.getLogger(__name__)

# What must work before this instance gets traffic, by name; a check that raises has failed.
ReadinessChecks = Mapping[str, Callable[[], Awaitable[object]]]


def health_router(checks: ReadinessChecks) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/livez")
    async def live() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        outcomes = await asyncio.gather(
            *(check() for check in checks.values()), return_exceptions=True
        )
        failed = [
            name
            for name, outcome in zip(checks, outcomes, strict=True)
            if isinstance(outcome, BaseException)
        ]
        if not failed:
            return JSONResponse({"status": "ok"})
        log.warning("not ready", extra={"failed": failed})
        return JSONResponse({"status": "unavailable", "failed": failed}, status_code=503)

    return router
