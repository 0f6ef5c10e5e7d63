"""Settings, read once from the environment: where data lives, and how this server behaves."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations. Sizes in bytes, times in seconds."""

    data_folder: Path
    database_url: str
    secret_key: str
    code_key: str
    service_name: str = "Folkmoot"
    organisation: str = ""
    is_demo: bool = False
    is_testing: bool = False
    is_secure: bool = False
    trusted_hosts: tuple[str, ...] = ()
    rate_limits_on: bool = True
    argon2_time_cost: int = 3
    argon2_memory_kib: int = 65_536
    max_upload: int = 2_000_000
    trusted_proxies: int = 0
    address: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_security: str = "starttls"
    mail_from: str = ""

    def for_tests(self, **changes: object) -> "Settings":
        """The same settings with changes, cheap password hashes and no rate limits."""
        cheap = {"is_testing": True, "rate_limits_on": False, "argon2_time_cost": 1, "argon2_memory_kib": 8}
        return replace(self, **{**cheap, **changes})  # type: ignore[arg-type]


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `FOLKMOOT_*` variables; keys are made on first use and kept in the data folder."""
    env = os.environ if environ is None else environ
    folder = Path(env.get("FOLKMOOT_DATA", "instance")).resolve()
    database = env.get("FOLKMOOT_DATABASE_URL") or f"sqlite:///{folder / 'folkmoot.db'}"
    return Settings(
        data_folder=folder,
        database_url=_with_driver(database),
        secret_key=env.get("FOLKMOOT_SECRET_KEY") or _key(folder, "secret.key"),
        code_key=env.get("FOLKMOOT_CODE_KEY") or _key(folder, "code.key"),
        service_name=env.get("FOLKMOOT_SERVICE_NAME", "Folkmoot"),
        organisation=env.get("FOLKMOOT_ORGANISATION", ""),
        is_demo=_is_on(env.get("FOLKMOOT_DEMO")),
        is_secure=_is_on(env.get("FOLKMOOT_SECURE")),
        trusted_hosts=tuple(host for host in env.get("FOLKMOOT_HOSTS", "").split(",") if host),
        rate_limits_on=not _is_on(env.get("FOLKMOOT_NO_RATE_LIMITS")),
        trusted_proxies=int(env.get("FOLKMOOT_PROXIES", "0")),
        address=env.get("FOLKMOOT_ADDRESS", "").rstrip("/"),
        smtp_host=env.get("FOLKMOOT_SMTP_HOST", ""),
        smtp_port=int(env.get("FOLKMOOT_SMTP_PORT") or "587"),
        smtp_user=env.get("FOLKMOOT_SMTP_USER", ""),
        smtp_password=env.get("FOLKMOOT_SMTP_PASSWORD", ""),
        smtp_security=env.get("FOLKMOOT_SMTP_SECURITY", "starttls"),
        mail_from=env.get("FOLKMOOT_MAIL_FROM", ""),
    )


def _with_driver(url: str) -> str:
    """A PostgreSQL address always means psycopg 3 here."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _is_on(value: str | None) -> bool:
    return (value or "").strip().lower() in {"1", "true", "yes", "on"}


def _key(folder: Path, name: str) -> str:
    """The key in `folder/name`, made once with a mode that only its owner reads."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{name}.{os.getpid()}"
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)  # whoever is first wins; nobody's key is overwritten
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
