from fastapi import APIRouter

samples = APIRouter(prefix="/samples")
results = APIRouter(prefix="/results")
internal = APIRouter(prefix="/_labs")
routers = (samples, results)


@samples.post("/")
async def take_sample() -> bool:
    return True


@results.get("/{sample_id:uuid}")
async def read_result(sample_id: str) -> str:
    return sample_id


@internal.get("/queue")
async def queue() -> list[str]:
    return []
