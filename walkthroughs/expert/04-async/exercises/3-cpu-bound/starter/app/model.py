"""The model, as the scientists hand it over. It computes in Python, and this file stays as it is."""

import os
from math import exp

from pydantic import BaseModel

ROUNDS = 60_000


class Prediction(BaseModel):
    score: float
    # The process that computed it: operations wants to see that in the answer.
    process: int


def predict(features: list[float]) -> Prediction:
    """About 50 ms of computing for each call."""
    score = 0.0
    for step in range(ROUNDS):
        feature = features[step % len(features)]
        score += 1 / (1 + exp(-feature)) - score / (step + 1)
    return Prediction(score=round(score / ROUNDS, 6), process=os.getpid())
