from fastapi import FastAPI

from config import BaseConfig, config
from reports import router

application = FastAPI()
application.include_router(router, prefix=f"/v{config.VERSION}")
application.include_router(router, prefix=f"/v{BaseConfig.VERSION}", include_in_schema=False)
