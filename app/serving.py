"""The embedded server: one web process with threads, one job process, and an address that answers."""

import encodings.idna  # noqa: F401  (looked up by two threads at once, it was not found by one of them)
import gc
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from app.jobs import work_until_signal

THREADS = 32
WEB, JOBS = "folkmoot-web", "folkmoot-jobs"
TO_STDERR = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}


def bind(host: str, port: int) -> tuple[str, int]:
    """The address to listen on; port 0 takes a free one. OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind((host, port))
        found: tuple[str, int] = tried.getsockname()[:2]
        return found


def address_of(host: str, port: int) -> str:
    """The address to print."""
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def call_this_process(name: str) -> None:
    """The name by which `ps` and `top` know this process, where the system has a way to say it."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name)


class Lifeline:
    """A pipe that closes when this process is gone, however that happens: what it forked ends then too."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def hold(self, stop: Callable[[], None]) -> None:
        """In a process that was forked: calls `stop` once the one that made the pipe is gone."""
        os.close(self._write)

        def watch() -> None:
            while os.read(self._read, 4096):
                pass
            stop()

        threading.Thread(target=watch, daemon=True).start()


def start_job_process(make_app: Callable[[], Flask], lifeline: Lifeline) -> BaseProcess:
    """The job process, forked before any thread or connection is there: loading the program anew takes seconds."""

    def run() -> None:
        call_this_process(JOBS)
        stop = threading.Event()
        lifeline.hold(stop.set)
        work_until_signal(make_app(), stop)

    process = get_context("fork").Process(target=run, daemon=True)
    process.start()
    return process


def serve(make_app: Callable[[], Flask], host: str, port: int, *, say_ready: Callable[[str], None]) -> None:
    """Runs until SIGINT or SIGTERM. `say_ready` gets the address once /healthz has answered.

    The caller has no thread running and no connection to the database open: two processes are forked from this one.
    """
    address, lifeline = address_of(host, port), Lifeline()
    job_process = start_job_process(make_app, lifeline)

    def load(_target: object) -> Flask:
        """The application, made in the web process so that no connection crosses a fork."""
        call_this_process(WEB)
        lifeline.hold(lambda: os.kill(os.getpid(), signal.SIGTERM))
        app = make_app()
        gc.freeze()  # what is made here stays: a full collection that walks through it holds everybody up
        return app

    threading.Thread(target=_announce, args=[address, say_ready], daemon=True).start()
    try:
        _serve_until_told(load, host, port)
    finally:
        job_process.terminate()
        job_process.join(timeout=10)


def _serve_until_told(load: Callable[[object], Flask], host: str, port: int) -> None:
    """The server starts a web process anew that was killed, and gives up when it is killed again at once: we do not."""
    while True:
        server = Granian(
            "folkmoot", address=host, port=port, interface=Interfaces.WSGI, http=HTTPModes.http1,
            workers=1,  # SQLite has one writer, and limits are kept in one process
            blocking_threads=THREADS, respawn_failed_workers=True, workers_kill_timeout=10,
            log_level=LogLevels.error, log_dictconfig={"handlers": {"console": TO_STDERR, "access": TO_STDERR}},
        )  # fmt: skip
        with suppress(SystemExit):
            server.serve(target_loader=load)
        if server.interrupt_signal:
            return
        time.sleep(0.5)


def _announce(address: str, say_ready: Callable[[str], None]) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as reply:
                if reply.status == 200:
                    say_ready(address)
                    return
        except OSError:
            time.sleep(0.1)
    sys.stderr.write("folkmoot: the server does not answer\n")
    os.kill(os.getpid(), signal.SIGTERM)
