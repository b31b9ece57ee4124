"""The whole service but its port, so that tests call it without a network."""

from fastapi import FastAPI

from app import greetings
from app.health import ReadinessChecks, health_router
from app.observation import Observation, create_registry, metrics_router


def create_app(readiness_checks: ReadinessChecks | None = None) -> FastAPI:
    registry, duration = create_registry()
    app = FastAPI(title="${{ values.name }}")
    app.add_middleware(Observation, duration=duration)
    app.include_router(health_router(readiness_checks or {}))
    app.include_router(metrics_router(registry))
    app.include_router(greetings.router)
    return app
