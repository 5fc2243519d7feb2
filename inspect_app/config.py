"""Configuration: from the environment, with defaults that work out of the box."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TRUE = frozenset({"1", "true", "yes", "on"})


def read(environment: Mapping[str, str] = os.environ, overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the whole configuration; ``overrides`` win over the environment.

    DATABASE_URL, SECRET_KEY, INSPECT_VAR (data folder), INSPECT_DEMONSTRATION, INSPECT_URL (public address),
    INSPECT_HTTPS, INSPECT_CACHE (folder for what can be made again), INSPECT_PHOTO_SIDE (longest side of a kept
    photo, in pixels), INSPECT_SOUND_SECONDS (longest recording), INSPECT_LANGUAGES (those that people may choose, with
    spaces between them), MAIL_SERVER, MAIL_PORT, MAIL_USERNAME,
    MAIL_PASSWORD, MAIL_TLS, MAIL_FROM.
    """
    given = dict(overrides or {})
    var = Path(given.get("VAR") or environment.get("INSPECT_VAR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    https = environment.get("INSPECT_HTTPS", "").lower() in TRUE
    config: dict[str, Any] = {
        "VAR": var,
        "CACHE": Path(environment.get("INSPECT_CACHE") or var / "cache").resolve(),
        "SECRET_KEY": given.get("SECRET_KEY") or environment.get("SECRET_KEY") or _kept_secret(var / "secret_key"),
        "SECURITY_PASSWORD_SALT": environment.get("PASSWORD_SALT") or _kept_secret(var / "password_salt"),
        "SQLALCHEMY_DATABASE_URI": _database_url(environment.get("DATABASE_URL"), var),
        "DEMONSTRATION": environment.get("INSPECT_DEMONSTRATION", "").lower() in TRUE,
        "PUBLIC_URL": environment.get("INSPECT_URL", "http://127.0.0.1:8000").rstrip("/"),
        "MAIL_SERVER": environment.get("MAIL_SERVER", ""),
        "MAIL_PORT": int(environment.get("MAIL_PORT", "587")),
        "MAIL_USERNAME": environment.get("MAIL_USERNAME", ""),
        "MAIL_PASSWORD": environment.get("MAIL_PASSWORD", ""),
        "MAIL_TLS": environment.get("MAIL_TLS", "starttls"),
        "MAIL_FROM": environment.get("MAIL_FROM", "Inspect Together <inspect@localhost>"),
        "LANGUAGES": tuple(environment.get("INSPECT_LANGUAGES", "en de it cy").split()),
        "MAX_CONTENT_LENGTH": 30 * 1024 * 1024,
        "LONGER_REQUESTS": {"/tablet/rescue": 1024 * 1024 * 1024},
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "MAX_DOCUMENT_BYTES": 20 * 1024 * 1024,
        "MAX_PHOTO_BYTES": 25 * 1024 * 1024,
        "MAX_UPLOAD_BYTES": 25 * 1024 * 1024,
        "MAX_SOUND_BYTES": 25 * 1024 * 1024,
        "MAX_SOUND_SECONDS": int(environment.get("INSPECT_SOUND_SECONDS", "600")),
        "PHOTO_SIDE": int(environment.get("INSPECT_PHOTO_SIDE", "2048")),
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        # An answer that is still under way when somebody signs out must not bring their sign-in back.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "RATELIMIT_STORAGE_URI": "memory://",
    }
    return config | given | {"VAR": var}


def _database_url(given: str | None, var: Path) -> str:
    if not given:
        return f"sqlite:///{var / 'inspect.db'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    return given


def _kept_secret(path: Path) -> str:
    """Return the secret in a file of the data folder; made once, readable by its owner alone."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
