"""Cyrus IMAP from Debian's packages, unpacked beside what is installed and run from there.

Debian lets only one IMAP server be installed. Cyrus needs no installation: its files are unpacked
into the scratch folder, the libraries it links to are installed (they conflict with nothing), and
absolute paths in its two configuration files lead to the rest.
"""

import os
import subprocess
from pathlib import Path

from . import packages
from .server import MAIL_OWNER, Server, owned_folder

ACCOUNTS = 20_000
"""How many accounts, `user0` ..., may log in: Cyrus wants to find each in its password database."""

FOLDERS = ("config", "config/db", "config/log", "config/socket", "run", "run/lock", "run/proc",
           "spool")
"""What Cyrus expects to find below its folder."""

REALM = "localhost"
"""What SASL adds to a user name without one: the server's name."""

# What is not a default, and why it is fair:
#
# sasl_pwcheck_method auxprop  passwords from SASL's own database, the quickest way that the
#                              package has; the accounts are put in beforehand.
# autocreate_quota 0           INBOX is made at the first login, without a quota, as the others do.
# altnamespace, unixhierarchysep
#                              names and separator as the other servers have them.
# hashimapspool                many users in one spool: spread over folders, as its guide says.
# idlesocket and idled         IDLE tells at once; without idled Cyrus looks once a minute.
# prefork, maxforkrate         as many processes ready as any profile connects at once; without, its
#                              master starts ten a second and connections wait for half a minute.
# maxchild, maxfds             only raised; how many sessions a process serves (-U) is the default.
#
# It has no setting for TCP_NODELAY: an answer of several segments waits for the client's delayed
# acknowledgement, some 40 ms. Its clients meet the same, so it is left as it is.
#
# delete_mode immediate        the default keeps a deleted mailbox under a name with the second in it,
#                              and refuses to delete another of that name within the second.
#
# expunge_mode stays at its default (delayed), as Cyrus is run. Its flushes are always on: APPEND and
# flags are durable when they are answered, as ours.
SETTINGS = """\
configdirectory: {folder}/config
defaultpartition: default
partition-default: {folder}/spool
proc_path: {folder}/run/proc
mboxname_lockpath: {folder}/run/lock
idlesocket: {folder}/run/idle
lmtpsocket: {folder}/run/lmtp
notifysocket: {folder}/run/notify
syslog_prefix: cyrus
servername: {realm}
admins: cyrus
cyrus_user: {owner}
cyrus_group: {owner}
allowplaintext: yes
sasl_mech_list: PLAIN LOGIN
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/config/sasldb2
virtdomains: off
altnamespace: yes
unixhierarchysep: yes
hashimapspool: yes
autocreate_quota: 0
delete_mode: immediate
"""

LIMITS = "proto=tcp4 prefork=64 maxforkrate=1000 maxchild=12000 maxfds=4096"

MASTER = """\
START {{
  recover cmd="{bin}/ctl_cyrusdb -C {settings} -r"
}}
SERVICES {{
  imap cmd="{bin}/imapd -C {settings}" listen="127.0.0.1:{port}" {limits}
}}
EVENTS {{
  checkpoint cmd="{bin}/ctl_cyrusdb -C {settings} -c" period=30
}}
DAEMON {{
  idled cmd="{bin}/idled -C {settings} -d"
}}
"""


class Cyrus(Server):
    """Cyrus' master process with imapd and idled."""

    @property
    def root(self) -> Path:
        """Where the packages are unpacked; kept between runs."""
        return self.folder.parent / "cyrus-package"

    def install(self) -> None:
        # clamav is for a tool that is not used here, and large.
        libraries = packages.libraries_of("cyrus-common", leaving_out=("libclamav12",))
        packages.install([*libraries, "libsasl2-modules-db", "db-util"])
        packages.unpack(["cyrus-imapd", "cyrus-common"], self.root)

    def version(self) -> str:
        return packages.version("cyrus-imapd").split("-")[0]

    def store(self) -> Path:
        return self.folder

    def environment(self) -> dict[str, str]:
        libraries = next(self.root.glob("usr/lib/*-linux-gnu"))
        return dict(os.environ, LD_LIBRARY_PATH=str(libraries), CYRUS_USER=MAIL_OWNER)

    def command(self, port: int) -> list[str]:
        for name in FOLDERS:
            owned_folder(self.folder / name)
        programs = self.root / "usr" / "lib" / "cyrus" / "bin"
        settings = self.folder / "imapd.conf"
        settings.write_text(SETTINGS.format(folder=self.folder, owner=MAIL_OWNER, realm=REALM))
        master = self.folder / "cyrus.conf"
        master.write_text(MASTER.format(
            bin=programs, settings=settings, port=port, limits=LIMITS))
        self._make_passwords(self.folder / "config" / "sasldb2")
        return [str(programs / "master"), "-C", str(settings), "-M", str(master),
                "-p", str(self.folder / "run" / "master.pid")]

    def _make_passwords(self, database: Path) -> None:
        """Writes SASL's database in one go, a record for each account.

        The key is the name, the realm and the property, with NUL between them.
        """
        if database.exists():
            return
        lines = (
            f"user{number}\\00{REALM}\\00userPassword\n{self.password}\n"
            for number in range(ACCOUNTS))
        subprocess.run(["db_load", "-T", "-t", "hash", str(database)],
                       input="".join(lines), text=True, check=True)
        owned_folder(database.parent)
        os.chmod(database, 0o644)
