from fastapi import APIRouter

songs = APIRouter()
albums = APIRouter()
playlists = APIRouter()
charts = APIRouter()


@songs.get("/")
def list_songs() -> list[str]:
    return []


@songs.get("/{song_id}")
def read_song(song_id: int) -> int:
    return song_id


@albums.get("/")
def list_albums() -> list[str]:
    return []


@playlists.post("/{playlist_id}/songs")
def add_song(playlist_id: int) -> int:
    return playlist_id


@charts.get("/top")
def top_chart() -> list[str]:
    return []
