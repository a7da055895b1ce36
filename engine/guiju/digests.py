"""SHA-256 without OpenSSL.

`hashlib` loads OpenSSL, which takes 2 ms of every start-up. Python has a SHA-256 of its own
as well, and the standard `random` module takes it for the same reason. It is slower (0.25
against 1.5 GB/s), so large files go to `hashlib` all the same.
"""

from __future__ import annotations

import sys

from guiju.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash, sha256
else:
    try:
        from _sha2 import sha256 as _own  # Python 3.12 and later
    except ImportError:
        try:
            from _sha256 import sha256 as _own
        except ImportError:
            from hashlib import sha256 as _own

    def sha256(content=b""):
        """A SHA-256 to update: OpenSSL's where that has been loaded already."""
        loaded = sys.modules.get("hashlib")
        return (_own if loaded is None else loaded.sha256)(content)


__all__ = ["hasher", "hexdigest", "sha256"]

_LARGE = 1 << 21


def hasher(size: int) -> _Hash:
    """A SHA-256 to update with about so many bytes."""
    if size < _LARGE:
        return sha256()
    import hashlib

    return hashlib.sha256()


def hexdigest(content: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    whole = hasher(len(content))
    whole.update(content)
    return whole.hexdigest()
