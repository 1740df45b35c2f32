import core
import handlers


@core.app.get("/more")
async def more() -> bool:
    return handlers.handled()


core.router.add_api_route("/again", handlers.handled, methods=["PUT"])
