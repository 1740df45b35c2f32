from serving.registry import registry


@registry.register("churn", "2.0")
def churn(customer: int):
    return 0.1
