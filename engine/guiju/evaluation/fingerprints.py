"""What makes a finding the same finding in the next run."""

from __future__ import annotations

from guiju.digests import sha256


def fingerprint(pack: str, rule: str, subject: str | None) -> str:
    """16 hexadecimal digits that stay the same as long as the pack, the rule and the row's
    key do. A finding on the project differs from one on a row without a key."""
    parts = [pack, rule] if subject is None else [pack, rule, subject]
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
