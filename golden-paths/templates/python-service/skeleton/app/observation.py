"""Measures and logs every request, by its route and never by its path."""

import logging
from time import perf_counter

from fastapi import APIRouter, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

_UNLOGGED = frozenset({"/livez", "/readyz", "/metrics"})


class Observation:
    """Plain ASGI: Starlette's base class for middleware gives each request a task of its own."""

    def __init__(self, app: ASGIApp, duration: Histogram) -> None:
        self._app = app
        self._duration = duration

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = perf_counter()
        try:
            await self._app(scope, receive, watch)
        finally:
            self._observe(scope, status, perf_counter() - began)

    def _observe(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], getattr(scope.get("route"), "path", "unmatched")
        self._duration.labels(method, route, status).observe(seconds)
        if route not in _UNLOGGED:
            fields = {"method": method, "route": route, "status": status, "seconds": seconds}
            log.info("request completed", extra=fields)


def metrics_router(registry: CollectorRegistry) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router


def create_registry() -> tuple[CollectorRegistry, Histogram]:
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    duration = Histogram(
        "http_request_duration_seconds",
        "Time from the first byte of a request to the last byte of its answer.",
        labelnames=("method", "route", "status"),
        registry=registry,
    )
    return registry, duration
