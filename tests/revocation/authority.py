# SPDX-License-Identifier: Apache-2.0
"""A CA made by the openssl command: certificates, revocation lists and OCSP answers, right ones and wrong ones."""
import pathlib
import subprocess

SIGNER_ID = "distid:1234567812345678"
FAR = "20991231235959Z"


def openssl(*arguments, stdin=None):
    done = subprocess.run(["openssl", *map(str, arguments)], input=stdin, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {' '.join(map(str, arguments))}: {done.stderr.decode()}")
    return done.stdout


def make_key(path, kind):
    options = {"sm2": ("-algorithm", "SM2"), "rsa": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")}[kind]
    openssl("genpkey", *options, "-out", path)


def write_value(tag, content):
    """DER."""
    count = (len(content).bit_length() + 7) // 8
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x80 | count]) + len(content).to_bytes(count, "big")
    return bytes([tag]) + length + content


def read_value(octets):
    """What is in the DER value at the start, value by value, and what follows it."""
    def split(at):
        length, start = octets[at + 1], at + 2
        if length >= 128:
            start += length - 128
            length = int.from_bytes(octets[at + 2:start], "big")
        return start, start + length

    start, end = split(0)
    values, at = [], start
    while at < end:
        after = split(at)[1]
        values.append(octets[at:after])
        at = after
    return values, octets[end:]


class Authority:
    """`kind` is "sm2" or "rsa". Two of the same `name` are two CAs that call themselves alike."""

    def __init__(self, folder, name="训练用CA", kind="sm2"):
        self.folder, self.kind, self.name = pathlib.Path(folder), kind, name
        self.folder.mkdir(parents=True)
        self.key, self.certificate = self.folder / "ca.key", self.folder / "ca.pem"
        self.index = self.folder / "index"
        self.index.write_text("")
        make_key(self.key, kind)
        request = self.request(self.key, f"/C=CN/O=训练用机构/CN={name}")
        self.sign(request, self.certificate, ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"],
                  ("-signkey", self.key))

    def digest(self):
        return "sm3" if self.kind == "sm2" else "sha256"

    def signing(self, option="-sigopt"):
        return (option, SIGNER_ID) if self.kind == "sm2" else ()

    def request(self, key, subject):
        path = self.folder / "request.pem"
        id_option = ("-sigopt", SIGNER_ID) if b"SM2" in openssl("pkey", "-in", key, "-noout", "-text") else ()
        openssl("req", "-new", "-utf8", "-key", key, "-subj", subject, *id_option, "-out", path)
        return path

    def sign(self, request, out, extensions, signer):
        settings = self.folder / "extensions"
        settings.write_text("\n".join(extensions) + "\n", encoding="utf-8")
        verifying = ("-vfyopt", SIGNER_ID) if b"sm2" in openssl("req", "-in", request, "-noout", "-text").lower() else ()
        openssl("x509", "-req", "-in", request, "-days", "3650", f"-{self.digest()}", *self.signing(), *verifying, *signer,
                "-extfile", settings, "-out", out)

    def issue(self, out, key, serial, subject="/C=CN/O=练习单位/CN=练习单位", extensions=()):
        """A certificate for the owner of `key`."""
        usual = ["basicConstraints=CA:FALSE", "keyUsage=critical,digitalSignature"]
        self.sign(self.request(key, subject), out, [*usual, *extensions],
                  ("-CA", self.certificate, "-CAkey", self.key, "-set_serial", hex(serial)))
        return out

    def book(self, serial, revoked=None):
        """Writes into the book of issued certificates; `revoked` is "YYMMDDHHMMSSZ,reason"."""
        line = f"{'R' if revoked else 'V'}\t{FAR}\t{revoked or ''}\t{serial:04X}\tunknown\t/CN={serial}\n"
        self.index.write_text(self.index.read_text() + line)

    def crl(self, name, *times):
        """A revocation list of what the book says, DER."""
        settings = self.folder / "ca.cnf"
        settings.write_text(f"[ca]\ndefault_ca=one\n[one]\ndatabase={self.index}\ncrl_extensions=list\n"
                            f"default_md={self.digest()}\n[list]\nauthorityKeyIdentifier=keyid\n")
        pem = self.folder / f"{name}.pem"
        times = times or ("-crldays", "7")
        openssl("ca", "-gencrl", "-config", settings, "-keyfile", self.key, "-cert", self.certificate, *self.signing(),
                *times, "-out", pem)
        path = self.folder / f"{name}.crl"
        openssl("crl", "-in", pem, "-outform", "DER", "-out", path)
        return path

    def long_crl(self, name, count):
        """A fresh list of so many entries, DER, put together here: openssl's book of them would take minutes to read."""
        empty = self.crl(f"{name}-empty").read_bytes()
        tbs = read_value(read_value(empty)[0][0])[0]
        head, tail = b"".join(tbs[:5]), b"".join(tbs[5:])  # version, algorithm, issuer, two dates; extensions
        reason = write_value(0x30, write_value(0x30, b"\x06\x03\x55\x1d\x15\x04\x03\x0a\x01\x01"))
        rest = write_value(0x17, b"250301080000Z") + reason
        entries = b"".join(write_value(0x30, write_value(0x02, (1 << 60 | one * 7919).to_bytes(8, "big")) + rest)
                           for one in range(count))
        content, algorithm = self.folder / "tbs", read_value(empty)[0][1]
        content.write_bytes(write_value(0x30, head + write_value(0x30, entries) + tail))
        distinct = ("-pkeyopt", SIGNER_ID) if self.kind == "sm2" else ()
        signature = openssl("pkeyutl", "-sign", "-rawin", "-digest", self.digest(), "-inkey", self.key, "-in", content, *distinct)
        path = self.folder / f"{name}.crl"
        path.write_bytes(write_value(0x30, content.read_bytes() + algorithm + write_value(0x03, b"\0" + signature)))
        return path

    def responder(self, name, extensions=("extendedKeyUsage=OCSPSigning",), serial=0x7001):
        """A certificate, and its key, to answer with in the CA's place."""
        key, out = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        make_key(key, self.kind)
        return self.issue(out, key, serial, f"/C=CN/O=训练用机构/CN={name}", extensions), key

    def responding(self, signer=None, minutes=5):
        """The options with which `openssl ocsp` answers from the book."""
        certificate, key = signer or (self.certificate, self.key)
        return ["ocsp", "-index", self.index, "-CA", self.certificate, "-rsigner", certificate, "-rkey", key, "-rmd",
                self.digest(), *self.signing("-rsigopt"), *(("-nmin", str(minutes)) if minutes else ())]

    def answer(self, name, certificate, signer=None, minutes=5):
        """An answer about `certificate`, in a file."""
        request, out = self.folder / "request.der", self.folder / f"{name}.ocsp"
        openssl("ocsp", "-issuer", self.certificate, "-cert", certificate, "-no_nonce", "-reqout", request)
        openssl(*self.responding(signer, minutes), "-reqin", request, "-respout", out)
        return out
