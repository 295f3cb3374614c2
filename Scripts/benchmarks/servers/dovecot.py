"""Dovecot from Debian's package, in one mailbox format, with a configuration of its own."""

import os
import shutil
import subprocess
from pathlib import Path

from . import packages
from .server import MAIL_OWNER, Server, owned_folder

CONNECTIONS = 12_000
"""The most connections any profile asks for, with room."""

# What is not a default, and why it is fair:
#
# mail_fsync = optimized   the default, spelled out: mail is flushed at APPEND, flags are not. Ours
#                          flushes both; this is how Dovecot is run.
# ssl, disable_plaintext_auth     no TLS on either side.
# passdb, userdb static    any account, one password, no lookup: the cheapest that Dovecot offers.
# separator = /            what the other servers use, so that one client fits all.
# imap-login               "high-performance mode" of its documentation: as many processes as cores,
#                          each serving any number of logins. The default, a process for each
#                          connection, is slower at logging in.
# service imap             a process for each session, as the package has it: only more of them.
# client_limit, process_limit, mail_max_userip_connections, vsz_limit
#                          only raised, so that nothing is refused; they cost nothing themselves.
# base_dir, state_dir      in the scratch folder, beside a Dovecot that may be in service.
#
# Index files, mailbox list index, inotify: as the package has them. No plugins.
CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
instance_name = {name}
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = {format}:{store}/%u
mail_fsync = optimized
mail_max_userip_connections = {connections}
default_process_limit = {connections}
default_client_limit = {connections}
default_vsz_limit = 0
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner} home={store}/%u/home
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
  service_count = 0
  process_min_avail = {cores}
  process_limit = {cores}
  client_limit = {connections}
}}
service imap {{
  process_limit = {connections}
}}
service auth {{
  client_limit = {auth_clients}
}}
service anvil {{
  client_limit = {auth_clients}
}}
service stats {{
  client_limit = {auth_clients}
}}
"""


class Dovecot(Server):
    """One mailbox format of Dovecot: `sdbox`, `mdbox` or `maildir`."""

    def __init__(self, name: str, folder: Path, password: str, mailbox_format: str) -> None:
        super().__init__(name, folder, password)
        self.mailbox_format = mailbox_format

    def install(self) -> None:
        """Installs `dovecot-imapd`, unless another Dovecot is on the PATH."""
        if not _program("dovecot"):
            packages.install(["dovecot-imapd"])

    def version(self) -> str:
        done = subprocess.run([_program("dovecot") or "dovecot", "--version"],
                              capture_output=True, text=True, check=True)
        return f"{done.stdout.split()[0]} {self.mailbox_format}"

    def store(self) -> Path:
        return self.folder / "mail"

    def command(self, port: int) -> list[str]:
        store = owned_folder(self.store())
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(CONFIGURATION.format(
            folder=self.folder, store=store, name=self.name, format=self.mailbox_format,
            password=self.password, owner=MAIL_OWNER, port=port, cores=os.cpu_count() or 1,
            connections=CONNECTIONS, auth_clients=CONNECTIONS * 2))
        return [_program("dovecot") or "dovecot", "-F", "-c", str(configuration)]


def _program(name: str) -> str | None:
    """The path of a system program; /usr/sbin is not on everybody's PATH."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
