"""Wendu on the same rows, by its own commands.

    wendu.py retrieval POOL WENDU PASSAGES QUESTIONS [--split-documents]
    wendu.py intents POOL WENDU LABEL TRAIN TEST [OUTSIDERS]
"""

import json
import subprocess
import sys


def main():
    what, pool, wendu, *rest = sys.argv[1:]
    if what == "retrieval":
        passages, questions, *split = rest
        told = run(wendu, what, "--passages", passages, "--questions", questions, *(split or ["--distinct"]))
        names = {"recall@1": "R@1", "recall@5": "R@5", "mrr@10": "MRR@10", "p50_ms": "p50 ms"}
    else:
        label, train, test, *outsiders = rest
        more = ["--oos-test", *outsiders] if outsiders else []
        told = run(wendu, what, "--train", train, "--test", test, "--label", label, *more)
        names = {"accuracy": "accuracy", "in_scope": "in scope", "oos_recall": "outsiders", "ms_p50": "p50 ms"}
    figures = {name: told[key] for key, name in names.items() if told.get(key) is not None}
    print(json.dumps({"engine": "Wendu", "pool": pool} | figures), flush=True)


def run(wendu, *args):
    done = subprocess.run([wendu, "eval", *args, "--json"], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


main()
