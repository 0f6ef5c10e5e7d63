"""The embedded server: one web process with threads, one job process, and an address that answers."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 16


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


def start_worker_process() -> subprocess.Popen[bytes]:
    """The job process. It ends when this process ends, however that happens: it reads a pipe of ours."""
    command = [sys.executable, "-c", "from app.cli import main; main()", "jobs", "--while-open"]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def stop_when_parent_ends(stop: Callable[[], None]) -> None:
    """Calls `stop` once standard input closes, which it does when the parent is gone."""

    def watch() -> None:
        while os.read(sys.stdin.fileno(), 4096):  # not sys.stdin: its lock, held here, would abort the end of Python
            pass
        stop()

    threading.Thread(target=watch, daemon=True).start()


def serve(make_app: Callable[[], Flask], bound: socket.socket, *, say_ready: Callable[[str], None]) -> None:
    """Runs until SIGINT or SIGTERM. `say_ready` gets the address once /healthz has answered."""
    address = address_of(bound)
    worker = start_worker_process()
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
            worker.terminate()
            worker.wait(timeout=10)
