# SPDX-License-Identifier: Apache-2.0
"""The files of a PIV card (NIST SP 800-73-4) for the fake reader driver: what it answers, its PIN and its tries.

Two certificates, of the authentication key (9A) and of the signature key (9C); no private key. The card's ATR belongs
to nobody, so that it is known by its application alone.
"""
import base64
import pathlib
import subprocess

ATR = "3B87800153434341504956DF"
PIN, TRIES = "123456", 3


def tlv(tag, value):
    length = len(value)
    if length < 0x80:
        head = bytes([length])
    elif length < 0x100:
        head = bytes([0x81, length])
    else:
        head = bytes([0x82, length >> 8, length & 0xFF])
    return bytes.fromhex(tag) + head + value


def make_certificate(folder, name, usage, *key):
    """A self-signed one of nobody's CA, in DER."""
    path = pathlib.Path(folder) / f"{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-utf8", "-newkey", *key, "-nodes", "-days", "300",
                    "-subj", f"/O={name}/CN={name}", "-addext", "basicConstraints=critical,CA:FALSE",
                    "-addext", f"keyUsage=critical,{usage}", "-keyout", f"{path}.key", "-out", str(path)],
                   check=True, capture_output=True)
    body = "".join(line for line in path.read_text().splitlines() if "-----" not in line)
    return base64.b64decode(body)


def certificate_object(certificate):
    return tlv("53", tlv("70", certificate) + tlv("71", b"\0") + tlv("FE", b""))


def chuid():
    """Table 9; the FASC-N is a field of zeros, the GUID counts."""
    return tlv("53", tlv("30", bytes(25)) + tlv("34", bytes(range(16))) + tlv("35", b"20301231") + tlv("3E", b"") +
               tlv("FE", b""))


def answers(certificates):
    """Commands by their beginning, and the data that the card gives for them."""
    application = bytes.fromhex("A000000308000010000100")
    properties = tlv("61", tlv("4F", application[5:]) + tlv("79", tlv("4F", application[:5])))
    # Discovery object: the PIV application, and that its own PIN satisfies the access rules.
    discovery = tlv("7E", tlv("4F", application) + tlv("5F2F", bytes.fromhex("4000")))
    yield "00A40400" + "0B" + application.hex(), properties
    yield "00A40400" + "09" + application[:9].hex(), properties
    yield "00CB3FFF035C017E", discovery
    yield "00CB3FFF055C035FC102", chuid()
    for place, certificate in zip(("5FC105", "5FC10A"), certificates):
        yield "00CB3FFF055C03" + place, certificate_object(certificate)


def atr_with_check_octet():
    octets = bytearray.fromhex(ATR)
    octets[-1] = 0
    for octet in octets[1:-1]:
        octets[-1] ^= octet
    return octets.hex().upper()


def insert(reader, certificates):
    """The card appears when its ATR does, so that comes last."""
    table = [f"{command.upper()} {(data + bytes.fromhex('9000')).hex().upper()}" for command, data in
             answers(certificates)]
    reader.set("apdu.txt", "\n".join(table) + "\n")
    reader.set("pin", PIN)
    reader.set("tries", str(TRIES))
    reader.set("atr", atr_with_check_octet())
