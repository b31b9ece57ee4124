"""Starts the service: python -m app"""

import os

import uvicorn

from app.application import create_app
from app.configuration import read_configuration
from app.logs import set_up_logs
from app.tracing import start_tracing


def main() -> None:
    configuration = read_configuration(os.environ)
    set_up_logs(configuration.log_level)
    app = create_app()
    start_tracing(app, os.environ)
    # At SIGTERM it takes no more connections and answers the requests under way.
    uvicorn.run(
        app, host=configuration.host, port=configuration.port, log_config=None, access_log=False
    )


if __name__ == "__main__":
    main()
