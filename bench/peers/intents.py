"""A linear SVM over word and character n-grams, by scikit-learn, on the rows of `wendu eval intents`.

    intents.py NAME LABEL TRAIN TEST [OUTSIDERS]

prints {"engine", "pool", accuracy, in scope, outsiders, p50 ms}. The threshold keeps 95 % of the
training rows' own cross-validated scores; nothing of the test rows is used.
"""

import json
import sys
import time

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.svm import LinearSVC

from rows import read

KEPT = 0.95


def main():
    name, label, train, test, *outsiders = sys.argv[1:]
    train, test = read(train), read(test)
    features = FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\w+")),
            ("letters", TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True)),
        ]
    )
    model = make_pipeline(features, LinearSVC(C=1.0))
    texts, labels = [row["text"] for row in train], [row[label] for row in train]
    scores = cross_val_predict(model, texts, labels, cv=3, method="decision_function")
    threshold = np.quantile(scores.max(axis=1), 1 - KEPT)
    model.fit(texts, labels)
    right = kept_right = 0
    times = []
    for row in test:
        start = time.perf_counter()
        score = model.decision_function([row["text"]])[0]
        times.append((time.perf_counter() - start) * 1e3)
        hit = model.classes_[score.argmax()] == row[label]
        right += hit
        kept_right += hit and score.max() >= threshold
    figures = {"accuracy": right / len(test), "in scope": kept_right / len(test)}
    if outsiders:
        scores = model.decision_function([row["text"] for row in read(outsiders[0])]).max(axis=1)
        figures["outsiders"] = float((scores < threshold).mean())
    figures["p50 ms"] = sorted(times)[len(times) // 2]
    print(json.dumps({"engine": "scikit-learn SVM", "pool": name} | figures), flush=True)


main()
