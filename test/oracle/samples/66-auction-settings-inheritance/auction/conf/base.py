class Base:
    name = "auction"
    version: int = 1
    features: set[str] = {"bids"}

    @property
    def root(self) -> str:
        return f"/{self.name}/v{self.version}"
