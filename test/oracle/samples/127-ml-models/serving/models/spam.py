from serving.registry import registry


@registry.register("spam")
def predict(text: str):
    return 0.5


@registry.register("spam", version="v1.2")
async def predict_better(text: str):
    return 0.7
