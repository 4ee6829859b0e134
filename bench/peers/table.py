"""Reads one JSON object a line and prints one Markdown table a pool."""

import json
import sys


def main():
    pools = {}
    for line in sys.stdin:
        row = json.loads(line)
        pools.setdefault(row.pop("pool"), []).append(row)
    for pool, rows in pools.items():
        names = list(dict.fromkeys(name for row in rows for name in row if name != "engine"))
        print(f"\n**{pool}**\n\n| engine | {' | '.join(names)} |")
        print("|---" * (len(names) + 1) + "|")
        for row in rows:
            print(f"| {row['engine']} | {' | '.join(figure(row.get(name), name) for name in names)} |")


def figure(value, name):
    if value is None:
        return "–"
    return f"{value:.2f}" if name.endswith("ms") else f"{value:.3f}"


main()
