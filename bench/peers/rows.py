"""Rows and figures shared by all engines: what is searched, what is asked, what counts as right.

The same rules as `wendu eval retrieval` and `wendu eval intents`, so that the figures compare.
"""

import json
import time

WINDOW, STEP = 200, 150  # characters of a passage, and from one passage's start to the next
TOLD = 20  # characters of the answer that the right passage must hold
DEPTH = 10


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Pool:
    """Passages and the questions asked of them."""

    def __init__(self, name, passages, questions, split):
        self.name, self.split = name, split
        self.texts, self.ids = [], []
        for row in read(passages):
            for piece in windows(row["text"]) if split else [row["text"]]:
                title = (row.get("title") or "") + "\n"
                self.texts.append(title + piece)
                self.ids.append(row["id"])
        self.questions = read(questions)
        if not split:
            self.questions = list({(q["question"], q["gold"]): q for q in self.questions}.values())

    def is_right(self, number, question):
        if not self.split:
            return self.ids[number] == question["gold"]
        told = question["answer"][:TOLD]
        return self.ids[number] == question["docid"] and told in self.texts[number]

    def measure(self, search):
        """Asks every question of `search(text) -> passage numbers, best first`."""
        ranks, times = [], []
        for question in self.questions:
            start = time.perf_counter()
            found = search(question["question"])[:DEPTH]
            times.append((time.perf_counter() - start) * 1e3)
            right = [place for place, n in enumerate(found, 1) if self.is_right(n, question)]
            ranks.append(right[0] if right else None)
        share = lambda depth: sum(r is not None and r <= depth for r in ranks) / len(ranks)
        mrr = sum(1 / r for r in ranks if r) / len(ranks)
        times.sort()
        return {"R@1": share(1), "R@5": share(5), "MRR@10": mrr, "p50 ms": times[len(times) // 2]}


def windows(text):
    last = max(len(text) - (WINDOW - STEP), 1)
    return [text[at : at + WINDOW] for at in range(0, last, STEP)]


def is_han(c):
    return "\u4e00" <= c <= "\u9fff"


def pairs(text):
    """Chinese as character pairs, the rest as lower-case words: what suits ranking by words best."""
    out, run = [], ""
    for c in text.lower() + " ":
        if run and is_han(c) != is_han(run[-1]) or not c.isalnum():
            if run and is_han(run[0]):
                out += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
            elif run:
                out.append(run)
            run = ""
        if c.isalnum():
            run += c
    return out
