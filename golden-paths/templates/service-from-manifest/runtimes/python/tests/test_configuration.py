import pytest

from app.configuration import Configuration, read_configuration


def test_has_a_default_for_everything() -> None:
    assert read_configuration({}) == Configuration("0.0.0.0", ${{ values.ports[0].port }}, "INFO")


@pytest.mark.parametrize("port", ["http", "-1", "65536"])
def test_names_the_variable_that_cannot_be_used(port: str) -> None:
    with pytest.raises(ValueError, match="PORT"):
        read_configuration({"PORT": port})
