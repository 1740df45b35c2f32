from collections.abc import Iterator


class Session:
    def close(self) -> None: ...


def get_session() -> Iterator[Session]:
    session = Session()
    try:
        yield session
    finally:
        session.close()
