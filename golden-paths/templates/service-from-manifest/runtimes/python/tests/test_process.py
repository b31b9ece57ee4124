import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen

import pytest

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"


@contextmanager
def service(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The service as the container starts it, on a free port."""
    with subprocess.Popen(
        [sys.executable, "-m", "app"],
        env={**os.environ, "HOST": "127.0.0.1", "PORT": "0", **environ},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def greet_and_stop(process: subprocess.Popen[str]) -> list[dict[str, str]]:
    """Sends one request and SIGTERM, and gives the log."""
    assert process.stdout
    lines = []
    for text in process.stdout:
        lines.append(json.loads(text))
        if running := re.search(r"running on (http://\S+)", lines[-1]["msg"]):
            headers = {"traceparent": f"00-{TRACE_ID}-b7ad6b7169203331-01"}
            with urlopen(Request(f"{running[1]}/v1/greetings/Ada", headers=headers)) as reply:
                assert reply.status == 200
            process.send_signal(signal.SIGTERM)
    return lines


def test_logs_json_and_stops_when_it_is_asked_to() -> None:
    with service({}) as process:
        lines = greet_and_stop(process)
        # Some versions of uvicorn end by the signal that they have obeyed.
        assert process.wait(10) in (0, -signal.SIGTERM)
        completed = next(line for line in lines if line["msg"] == "request completed")
        assert completed["route"] == "/v1/greetings/{name}"


def test_joins_the_trace_of_its_caller_and_exports_it() -> None:
    pytest.importorskip("opentelemetry.instrumentation.fastapi")
    exported = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            exported.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Collector) as collector:
        threading.Thread(target=collector.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{collector.server_port}"
        with service({"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}) as process:
            lines = greet_and_stop(process)
            process.wait(10)
            completed = next(line for line in lines if line["msg"] == "request completed")
            assert completed["trace_id"] == TRACE_ID
        collector.shutdown()
    assert bytes.fromhex(TRACE_ID) in b"".join(exported)
