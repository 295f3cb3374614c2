"""What Python's email package makes of the mail in a folder, one line a message:

name TAB subject TAB from TAB message-id TAB types

The three fields are raw values in hex, unfolded and without blanks around them ("-" when missing).
The types are the media types of all parts in order, "type/subtype" separated by commas; "-" where the
package has no opinion: it found a defect, or the type is not token/token, which RFC 2045 §5.2 turns
into text/plain and the package passes on. Every line end is made CRLF first.
"""

import email
import email.policy
import os
import re
import sys

TOKEN = re.compile(r"^[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+/[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+$")


def split(data):
    """The messages of an mbox, as Corpus.swift splits it."""
    messages, current, behind_empty = [], None, True
    for line in data.split(b"\n"):
        if behind_empty and line.startswith(b"From ") and (b" 19" in line or b" 20" in line):
            if current is not None:
                messages.append(current)
            current = []
        elif current is not None:
            current.append(line + b"\n")
        behind_empty = line in (b"", b"\r")
    if current is not None:
        messages.append(current)
    return [b"".join(lines) for lines in messages]


def value(message, name):
    for key, text in message._headers:
        if key.lower() == name:
            raw = str(text).encode("utf-8", "surrogateescape")
            return re.sub(rb"\r?\n", b"", raw).strip(b" \t\r\n").hex()
    return "-"


def types(message):
    found = []
    for part in message.walk():
        if part.defects or not TOKEN.match(part.get_content_type()):
            return "-"
        raw = part.get("content-type")
        # A message/rfc822 in disguise (message/global and the like) is walked into by one side only.
        if part.is_multipart() and part.get_content_maintype() == "message":
            if part.get_content_subtype() != "rfc822":
                return "-"
        if raw is not None and part.get_content_type() == "text/plain":
            if not str(raw).lower().strip().startswith("text/plain"):
                return "-"
        found.append(part.get_content_type())
    return ",".join(found)


def main(folder):
    names = []
    for place, _, files in os.walk(folder):
        names += [os.path.relpath(os.path.join(place, name), folder) for name in files]
    for name in sorted(names):
        data = open(os.path.join(folder, name), "rb").read() if name[-4:] in (".eml", "mbox") else b""
        if name.endswith(".eml"):
            messages = [(name, data)]
        elif name.endswith(".mbox"):
            messages = [("%s#%d" % (name, number), text) for number, text in enumerate(split(data))]
        else:
            continue
        for label, text in messages:
            try:
                message = email.message_from_bytes(re.sub(rb"\r\n|\r|\n", b"\r\n", text))
                fields = [value(message, key) for key in ("subject", "from", "message-id")]
                line = [label] + fields + [types(message)]
            except Exception:
                continue
            print("\t".join(line))


main(sys.argv[1])
