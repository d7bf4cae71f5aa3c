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
