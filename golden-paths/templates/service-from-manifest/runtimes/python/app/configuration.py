"""What the environment decides, read once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Configuration:
    host: str
    port: int
    log_level: str


def read_configuration(environ: Mapping[str, str]) -> Configuration:
    """Raises ValueError that names the variable at fault."""
    return Configuration(
        host=environ.get("HOST", "0.0.0.0"),
        port=_port(environ.get("PORT", "${{ values.ports[0].port }}")),
        log_level=environ.get("LOG_LEVEL", "INFO").upper(),
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise ValueError(f"PORT must be a port number, not {text!r}")
    return int(text)
