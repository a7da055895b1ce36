"""`guiju packs`: lists the packs there are."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

from guiju.cli.exits import OK
from guiju.cli.options import COMMON, Command, Option, Values
from guiju.cli.usage import reader_language, say, search_in
from guiju.messages import Lang, message
from guiju.packs import InstalledPack, installed_packs
from guiju.verdicts import BasisLevel

BASES: tuple[BasisLevel, ...] = ("verified", "secondary", "unverified")


def run(values: Values) -> int:
    """List id, edition, title, number of rules, and how well they are founded."""
    lang = reader_language(values["lang"])
    search_in(values["packs_dir"])
    records = [_record(pack) for pack in installed_packs()]
    if values["json"]:
        import json

        print(json.dumps(records, ensure_ascii=False, indent=2))
        return OK
    if not records:
        say(message("command.packs.none", lang))
    for record in records:
        print("\n".join(_lines(record, lang)))
    return OK


def _record(pack: InstalledPack) -> dict[str, Any]:
    """What is known of a pack; one with errors is listed all the same."""
    from guiju.compiler import PackHasErrors, load_pack

    record: dict[str, Any] = {
        "id": pack.id,
        "folder": os.path.abspath(pack.folder),
        "found_in": pack.found_in,
    }
    try:
        plan = load_pack(pack.folder)
    except PackHasErrors as problem:
        return {
            **record,
            "errors": sum(1 for one in problem.diagnostics if one.severity == "error"),
        }
    basis = Counter(rule.basis for rule in plan.rules)
    judgements = sum(1 for rule in plan.rules if rule.ask is not None)
    return {
        **record,
        "edition": plan.edition,
        "title": plan.title,
        "authority": plan.authority,
        "in_force": plan.in_force.isoformat() if plan.in_force else None,
        "until": plan.until.isoformat() if plan.until else None,
        "rules": len(plan.rules) - judgements,
        "judgements": judgements,
        "basis": {level: basis[level] for level in BASES},
        "digest": plan.digest,
        "errors": 0,
    }


def _lines(record: dict[str, Any], lang: Lang) -> list[str]:
    from guiju.reporting.columns import folded

    if record["errors"]:
        return [record["id"], f"  {message('command.packs.broken', lang, id=record['id'])}"]
    title = record["title"].get(lang) or next(iter(record["title"].values()), "")
    counts = [message("command.packs.rules", lang, count=record["rules"])]
    if record["judgements"]:
        counts.append(message("command.packs.judgements", lang, count=record["judgements"]))
    basis = [
        f"{count} {message(f'report.basis.short.{level}', lang)}"
        for level, count in record["basis"].items()
        if count
    ]
    separator, opening, closing = ("，", "（", "）") if lang == "zh" else (", ", " (", ")")
    counted = f"{separator.join(counts)}{opening}{separator.join(basis)}{closing}"
    lines = [f"{record['id']} {record['edition']}"]
    lines += [f"  {line}" for line in folded(title, 78)]
    lines += [f"  {line}" for line in folded(counted, 78)]
    return lines


COMMAND = Command("packs", None, (Option("--json"), *COMMON), run)
