"""Our own server, as it is delivered: every tagged OK after the flush."""

import subprocess
from pathlib import Path

from .server import Server


class Hindsight(Server):
    """`hindsight serve` with a demo password, which makes each account at its first login."""

    def __init__(self, name: str, folder: Path, password: str, program: Path | None) -> None:
        super().__init__(name, folder, password)
        top = Path(__file__).resolve().parents[3]
        self.program = program or top / ".build" / "release" / "hindsight"

    def install(self) -> None:
        """Nothing to install; raises FileNotFoundError when it has not been built."""
        if not self.program.exists():
            raise FileNotFoundError(
                f"{self.program} is missing: swift build -c release --product hindsight")

    def version(self) -> str:
        done = subprocess.run([self.program, "version"], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[0].removeprefix("hindsight").strip()

    def store(self) -> Path:
        return self.folder / "store"

    def command(self, port: int) -> list[str]:
        return [
            str(self.program), "serve", "--store", str(self.store()),
            "--listen", f"127.0.0.1:{port}", "--demo-password", self.password,
        ]
