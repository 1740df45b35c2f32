from fastapi import Request
from fastapi.responses import JSONResponse

from portal import app


@app.exception_handler(LookupError)
async def not_found(request: Request, error: LookupError) -> JSONResponse:
    return JSONResponse({"detail": str(error)}, status_code=404)


@app.middleware("http")
async def stamp(request: Request, call_next):  # noqa: ANN001, ANN201
    return await call_next(request)
