"""`kg contradictions`: what sources say of one event that cannot both be true."""

from typing import Any

from kg.cli.printing import Json, Out, print_json, print_line, visible

__all__ = ["contradictions_cli"]


def contradictions_cli(out: Out, as_json: Json = False) -> None:
    """List where sources contradict each other: number, date, place, actor or status of one event, oldest claim first.

    \b
    kg contradictions out
    kg contradictions out --json
    """
    from kg.tables import read_table

    rows = list(read_table(out, "contradictions"))
    if as_json:
        print_json({"contradictions": rows})
        return
    for row in rows:
        about = f" of {row['about']}" if row["about"] else ""
        print_line(visible(f"{row['label']}: {row['field']}{about}"))
        for claim in row["claims"]:
            print_line(f"  {visible(_in_one_line(claim))}")
    print_line(f"{len(rows)} contradiction{'' if len(rows) == 1 else 's'}")


def _in_one_line(claim: dict[str, Any]) -> str:
    day = claim["published"] or "undated"
    source = claim["publisher"] or claim["document"].rsplit("/", 1)[-1]
    said = ", ".join(source["text"] for source in claim["attributed_to"])
    according = f", according to {said}" if said else ""
    return f'{day} {claim["value"]} "{claim["text"]}" {source}{according}'
