async def list_songs():
    return []


async def list_albums():
    return []


async def album(album_id: int):
    return album_id


def radio():
    return None
