import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.application import create_app


class Dependency:
    is_up = True

    async def check(self) -> None:
        if not self.is_up:
            raise ConnectionError("down")


@pytest.fixture
def dependency() -> Dependency:
    return Dependency()


@pytest.fixture
def client(dependency: Dependency) -> Iterator[TestClient]:
    with TestClient(create_app({"dependency": dependency.check})) as client:
        yield client


def test_greets_by_name(client: TestClient) -> None:
    reply = client.get("/v1/greetings/Ada")
    assert reply.status_code == 200
    assert reply.json() == {"message": "Hello, Ada!"}


def test_refuses_a_name_that_is_too_long(client: TestClient) -> None:
    assert client.get(f"/v1/greetings/{'a' * 51}").status_code == 422


def test_is_ready_only_while_what_it_needs_works(
    client: TestClient, dependency: Dependency
) -> None:
    assert client.get("/readyz").status_code == 200
    dependency.is_up = False
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json() == {"status": "unavailable", "failed": ["dependency"]}


def test_stays_alive_while_what_it_needs_is_down(
    client: TestClient, dependency: Dependency
) -> None:
    dependency.is_up = False
    assert client.get("/livez").status_code == 200


def test_counts_requests_by_route(client: TestClient) -> None:
    client.get("/v1/greetings/Ada")
    client.get("/v1/greetings/Grace")
    client.get("/no/such/path")
    reply = client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    counts = re.findall(r"^http_request_duration_seconds_count\{(.+)\} (\S+)$", reply.text, re.M)
    assert ('method="GET",route="/v1/greetings/{name}",status="200"', "2.0") in counts
    assert ('method="GET",route="unmatched",status="404"', "1.0") in counts
