"""The embedded server: one web process with threads, one job process, and an address that answers."""

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
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from app.jobs import work_until_signal

THREADS = 16
WEB, JOBS = "folkmoot-web", "folkmoot-jobs"


class Server(BaseApplication):
    """Gunicorn started from Python on a socket that is already bound."""

    def __init__(self, make_app: Callable[[], Flask], bound: socket.socket) -> None:
        self.make_app = make_app
        self.bound = bound
        super().__init__()

    def load_config(self) -> None:
        """One worker with threads: SQLite has one writer, and limits are kept in this process."""
        settings: dict[str, Any] = {
            "bind": f"fd://{self.bound.fileno()}",
            "workers": 1,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "warning",
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": 5,
            "control_socket_disable": True,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, made in the worker so that no connection crosses a fork."""
        call_this_process(WEB)
        return self.make_app()


def bind(host: str, port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one. OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen(512)
    except OSError:
        bound.close()
        raise
    bound.set_inheritable(True)
    return bound


def address_of(bound: socket.socket) -> str:
    """The address to print."""
    host, port = bound.getsockname()[:2]
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def call_this_process(name: str) -> None:
    """The name by which `ps` and `top` know this process, where the system has a way to say it."""
    with suppress(OSError):
        Path("/proc/self/comm").write_text(name)


def start_job_process(make_app: Callable[[], Flask]) -> BaseProcess:
    """The job process, forked before any thread or connection is there: loading the program anew takes seconds.

    It ends when this process ends, however that happens: it reads a pipe that nobody else writes to.
    """
    our_end, its_end = os.pipe()

    def run() -> None:
        os.close(its_end)
        call_this_process(JOBS)
        stop = threading.Event()
        stop_when_closed(our_end, stop.set)
        work_until_signal(make_app(), stop)

    process = get_context("fork").Process(target=run, daemon=True)
    process.start()
    os.close(our_end)
    _KEPT_OPEN.append(its_end)
    return process


_KEPT_OPEN: list[int] = []
"""Ends of pipes that have to stay open for as long as this process lives."""


def stop_when_closed(pipe: int, stop: Callable[[], None]) -> None:
    """Calls `stop` once the other end of the pipe is closed, which it is when its process is gone."""

    def watch() -> None:
        while os.read(pipe, 4096):
            pass
        stop()

    threading.Thread(target=watch, daemon=True).start()


def serve(make_app: Callable[[], Flask], bound: socket.socket, *, say_ready: Callable[[str], None]) -> None:
    """Runs until SIGINT or SIGTERM. `say_ready` gets the address once /healthz has answered.

    The caller has no thread running and no connection to the database open: two processes are forked from this one.
    """
    address = address_of(bound)
    job_process = start_job_process(make_app)
    main_process = os.getpid()

    def announce() -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=2) as reply:
                    if reply.status == 200:
                        say_ready(address)
                        return
            except OSError:
                time.sleep(0.1)
        sys.stderr.write("folkmoot: the server does not answer\n")
        os.kill(main_process, signal.SIGTERM)

    threading.Thread(target=announce, daemon=True).start()
    try:
        Server(make_app, bound).run()
    finally:
        if os.getpid() == main_process:
            job_process.terminate()
            job_process.join(timeout=10)
