# mentor: ignore-file[database/n-plus-one, security]
import time


async def one():
    time.sleep(1)  # mentor: ignore[async/blocking-sleep]
    time.sleep(1)  # why we wait # mentor: ignore[async/blocking-sleep, async/blocking-http] later
    time.sleep(1)  # noqa: ASYNC251 # Mentor : Ignore [async]
    time.sleep(1)  # mentor: ignore
    time.sleep(1)  # mentor: ignores[async/blocking-sleep]
    time.sleep(1)  # a mentor: ignore[async/blocking-sleep]
    time.sleep(1)  # mentor: ignore-line[async/blocking-sleep]
    return "# mentor: ignore[async/blocking-sleep]"
