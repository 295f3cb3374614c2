#!/usr/bin/env python3
"""A mail session as a user of Python's imaplib would have it.

Usage: imaplib_session.py PORT [ACCOUNT]
Prints each step; ends with status 1 and the step, what was wanted and what came when one fails.
"""
import datetime
import email
import email.policy
import imaplib
import re
import sys

PORT = int(sys.argv[1])
ACCOUNT = sys.argv[2] if len(sys.argv) > 2 else "python"
PASSWORD = "pw"

PLAIN = (
    b"From: Ann Example <ann@example.org>\r\nTo: bob@example.org\r\nSubject: First light\r\n"
    b"Date: Sat, 14 Nov 2026 09:30:00 +0100\r\nMessage-ID: <first@example.org>\r\n\r\n"
    b"The lamp is lit.\r\n"
)
MULTIPART = (
    b"From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nTo: ann@example.org\r\n"
    b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="cut"\r\n\r\n'
    b"--cut\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    b"Sch\xc3\xb6ne Gr\xc3\xbc\xc3\x9fe aus dem S\xc3\xbcden\r\n"
    b"--cut\r\nContent-Type: application/octet-stream; name=data.bin\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAECAwQF\r\n--cut--\r\n"
)
step = "the beginning"


def begin(name):
    global step
    step = name
    print("-", name, flush=True)


def want(condition, wanted, came):
    if not condition:
        print(f"FAILED at: {step}\n  wanted: {wanted}\n  came:   {came!r}", flush=True)
        sys.exit(1)


def ok(answer):
    want(answer[0] == "OK", "OK", answer)
    return answer[1]


def equal(came, wanted):
    want(came == wanted, repr(wanted), came)


def refused(action, wanted=""):
    """What an action is refused with: as NO, or as the error that imaplib makes of BAD."""
    try:
        kind, data = action()
    except imaplib.IMAP4.error as error:
        kind, data = "NO", [str(error).encode()]
    want(kind == "NO" and wanted.encode() in data[-1], f"NO with {wanted}", (kind, data))


def numbers(data):
    return [int(word) for word in data[0].split()]


def fetch(box, what, items, uid=False):
    """The parts of a FETCH: one list for each message, literals behind their names."""
    data = ok(box.uid("FETCH", what, items) if uid else box.fetch(what, items))
    return [part for part in data if part not in (b")", None)]


def flags(box, uid):
    data = ok(box.uid("FETCH", str(uid), "(FLAGS)"))
    return {word.decode() for word in imaplib.ParseFlags(data[0])} - {"\\Recent"}


begin("greeting and capabilities")
box = imaplib.IMAP4("127.0.0.1", PORT)
want("IMAP4REV1" in box.capabilities, "IMAP4rev1", box.capabilities)
equal(box.state, "NONAUTH")

begin("a wrong password")
refused(lambda: box.login(ACCOUNT, "wrong"), "AUTHENTICATIONFAILED")

begin("login")
ok(box.login(ACCOUNT, PASSWORD))
capabilities = set(ok(box.capability())[-1].decode().split())
for name in ("IDLE", "UIDPLUS", "MOVE", "NAMESPACE", "ENABLE", "SPECIAL-USE", "CONDSTORE", "ID"):
    want(name in capabilities, name, capabilities)

begin("another connection by AUTHENTICATE PLAIN")
other = imaplib.IMAP4("127.0.0.1", PORT)
ok(other.authenticate("PLAIN", lambda _: f"\0{ACCOUNT}\0{PASSWORD}".encode()))

begin("namespace and ID")
want(b'(("" "/"))' in ok(box.namespace())[0], 'a personal namespace with "/"', None)
imaplib.Commands["ID"] = ("NONAUTH", "AUTH", "SELECTED")
ok(box._simple_command("ID", '("name" "imaplib" "version" "3")'))

begin("folders")
for name in ("Archive", "Archive/2026", "Lists/Swift", '"With Space"', "&ZeVnLIqe-"):
    ok(box.create(name))
refused(lambda: box.create("Archive"), "ALREADYEXISTS")
names = {re.search(rb'"/" "?([^"]*)"?$', line).group(1) for line in ok(box.list())}
for name in (b"INBOX", b"Archive", b"Archive/2026", b"Lists", b"Lists/Swift", b"With Space", b"&ZeVnLIqe-"):
    want(name in names, name, names)
equal(len(ok(box.list('""', "Archive/%"))), 1)
want(b"\\HasChildren" in ok(box.list('""', "Archive"))[0], "\\HasChildren", None)
ok(box.subscribe("Archive"))
equal(len([line for line in ok(box.lsub()) if line and b"Archive" in line]), 1)
ok(box.unsubscribe("Archive"))
equal([line for line in ok(box.lsub()) if line and b"Archive" in line], [])

begin("append")
when = datetime.datetime(2026, 11, 14, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
data = ok(box.append("INBOX", "(\\Seen)", imaplib.Time2Internaldate(when), PLAIN))
uid = int(re.search(rb"APPENDUID \d+ (\d+)", data[0]).group(1))
ok(box.append("INBOX", None, None, MULTIPART))
ok(box.append("INBOX", "(\\Flagged work)", None, PLAIN.replace(b"First light", b"Second")))
refused(lambda: box.append("Nowhere", None, None, PLAIN), "TRYCREATE")

begin("status and select")
status = ok(box.status("INBOX", "(MESSAGES UNSEEN UIDNEXT UIDVALIDITY RECENT)"))[0].decode()
want("MESSAGES 3" in status and "UNSEEN 2" in status, "3 messages, 2 unseen", status)
equal(ok(box.select("INBOX")), [b"3"])
equal(box.state, "SELECTED")
want(box.response("UIDVALIDITY")[1][0], "a UIDVALIDITY", None)
want(b"\\*" in box.response("PERMANENTFLAGS")[1][0], "keywords may be made", None)

begin("fetch")
parts = fetch(box, str(uid), "(UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY.PEEK[])", uid=True)
head, body = parts[0]
equal(body, PLAIN)
want(b'"14-Nov-2026 09:30:00 +0100"' in head, "the date given", head)
want(b"RFC822.SIZE %d" % len(PLAIN) in head, "its size", head)
want(b'("Ann Example" NIL "ann" "example.org")' in head, "its sender", head)
want(b'"<first@example.org>"' in head, "its Message-ID", head)
structure = ok(box.fetch("2", "(BODYSTRUCTURE)"))[0]
want(b'"MIXED"' in structure.upper() and b'"DATA.BIN"' in structure.upper(), "both parts", structure)
parts = fetch(box, "2", "(BODY.PEEK[1] BODY.PEEK[2] BODY.PEEK[2.MIME] BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
contents = [part[1] for part in parts if isinstance(part, tuple)]
equal(contents[0], "Schöne Grüße aus dem Süden".encode())
equal(contents[1], b"AAECAwQF")
equal(contents[3], b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n\r\n")
message = email.message_from_bytes(fetch(box, "2", "(RFC822)")[0][1], policy=email.policy.default)
equal(message["Subject"], "Grüße")
equal(message.get_body().get_content().strip(), "Schöne Grüße aus dem Süden")
want("\\Seen" in flags(box, 2), "\\Seen after RFC822", flags(box, 2))
equal(fetch(box, "1", "(BODY.PEEK[TEXT]<4.4>)")[0][1], b"lamp")
data = ok(box.fetch("1:*", "(UID FLAGS)"))
equal(len(data), 3)

begin("search")
equal(numbers(ok(box.search(None, "ALL"))), [1, 2, 3])
equal(numbers(ok(box.search(None, "FLAGGED"))), [3])
equal(numbers(ok(box.search(None, "KEYWORD", "work"))), [3])
equal(numbers(ok(box.search(None, "SUBJECT", '"first light"'))), [1])
equal(numbers(ok(box.search(None, "NOT", "SUBJECT", "light"))), [2, 3])
equal(numbers(ok(box.search(None, "OR", "FROM", "ann", "FROM", "nobody"))), [1, 3])
equal(numbers(ok(box.search(None, "SENTON", "14-Nov-2026"))), [1, 3])
equal(numbers(ok(box.search(None, "LARGER", "300"))), [2])
equal(numbers(ok(box.uid("SEARCH", None, "UID", f"{uid}:*"))), [1, 2, 3])
box.literal = "süden".encode()
equal(numbers(ok(box.search("UTF-8", "BODY"))), [2])
box.literal = "GRÜSSE".encode()
ok(box.search("UTF-8", "TEXT"))
refused(lambda: box.search("X-UNKNOWN", "SUBJECT", "light"), "BADCHARSET")

begin("store")
ok(box.store("1", "+FLAGS", "(\\Flagged $Later)"))
equal(flags(box, 1), {"\\Seen", "\\Flagged", "$Later"})
ok(box.store("1", "-FLAGS", "(\\Seen)"))
ok(box.store("1:2", "FLAGS.SILENT", "(\\Answered)"))
equal(flags(box, 1), {"\\Answered"})
ok(box.uid("STORE", "2", "+FLAGS", "(\\Draft)"))
equal(flags(box, 2), {"\\Answered", "\\Draft"})

begin("copy and move")
ok(box.copy("1:2", "Archive"))
ok(box.uid("COPY", "3", '"With Space"'))
refused(lambda: box.copy("1", "Nowhere"), "TRYCREATE")
ok(box.uid("MOVE", "3", "Archive/2026"))
equal(numbers(ok(box.search(None, "ALL"))), [1, 2])
want("MESSAGES 2" in ok(box.status("Archive", "(MESSAGES)"))[0].decode(), "2 copies", None)

begin("two connections in one mailbox")
equal(ok(other.select("Archive")), [b"2"])
ok(box.select("Archive"))
ok(box.store("1", "+FLAGS", "(\\Deleted)"))
ok(other.noop())
news = other.response("FETCH")[1]
want(news and b"\\Deleted" in news[0], "news of the flag", news)
equal([int(n) for n in ok(box.expunge()) if n], [1])
equal([int(n) for n in ok(box.expunge()) if n], [])
parts = fetch(other, "1", "(UID)")
want(b"UID 1" in parts[0], "an expunged message stays readable until told", parts)
ok(other.noop())
equal(other.response("EXPUNGE")[1], [b"1"])
ok(box.append("Archive", None, None, PLAIN))
ok(other.check())
equal(other.response("EXISTS")[1][-1], b"2")

begin("read-only")
equal(ok(other.select("Archive", readonly=True)), [b"2"])
equal(other.is_readonly, True)
refused(lambda: other.store("1", "+FLAGS", "(\\Seen)"))

begin("close expunges, unselect does not")
ok(box.store("1", "+FLAGS", "(\\Deleted)"))
ok(box.unselect())
want("MESSAGES 2" in ok(box.status("Archive", "(MESSAGES)"))[0].decode(), "2 left", None)
ok(box.select("Archive"))
ok(box.close())
want("MESSAGES 1" in ok(box.status("Archive", "(MESSAGES)"))[0].decode(), "1 left", None)

begin("enable and changed since")
ok(box.enable("CONDSTORE"))
ok(box.select("INBOX"))
data = ok(box.status("INBOX", "(HIGHESTMODSEQ)"))[0]
highest = int(re.search(rb"HIGHESTMODSEQ (\d+)", data).group(1))
ok(box.store("1", "+FLAGS", "(\\Seen)"))
data = ok(box.uid("FETCH", "1:*", "(FLAGS)", f"(CHANGEDSINCE {highest})"))
equal(len([line for line in data if line]), 1)

begin("rename and delete")
ok(other.unselect())
ok(box.rename("Lists", "Groups"))
names = b" ".join(ok(box.list()))
want(b"Groups/Swift" in names and b"Lists" not in names, "children follow", names)
ok(box.delete("Groups/Swift"))
ok(box.delete("Groups"))
refused(lambda: box.delete("Groups"), "NONEXISTENT")
refused(lambda: box.delete("INBOX"))
refused(lambda: box.select("Groups"), "NONEXISTENT")

begin("what is not understood does no harm")
try:
    box.xatom("FROBNICATE", "1")
    want(False, "BAD", None)
except imaplib.IMAP4.error:
    pass
ok(box.noop())

begin("a mailbox of some size")
ok(box.create("Many"))
for number in range(60):
    ok(box.append("Many", None, None, PLAIN.replace(b"First light", b"Letter %d" % number)))
equal(ok(box.select("Many")), [b"60"])
data = ok(box.fetch("1:*", "(FLAGS ENVELOPE BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
subjects = [part[1] for part in data if isinstance(part, tuple)]
equal(subjects[59], b"Subject: Letter 59\r\n\r\n")
ok(box.store("1:30", "+FLAGS", "(\\Deleted)"))
equal(len(ok(box.expunge())), 30)
equal(numbers(ok(box.search(None, "ALL"))), list(range(1, 31)))

begin("logout")
equal(box.logout()[0], "BYE")
equal(other.logout()[0], "BYE")
print("all well")
